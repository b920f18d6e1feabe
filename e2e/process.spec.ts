import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { downloadPaths, type InitiateResponse } from '#shared/download-api.ts';
import { jobSchema, type Job } from '#shared/job.ts';
import type { ProgramProcess } from './support/program-process.ts';
import { test, expect } from './support/story.ts';

const silent = 99_999_904;

async function ask({ address }: ProgramProcess, file_id: number): Promise<string> {
  const headers = { 'Content-Type': 'application/json' };
  const answer = await fetch(address + downloadPaths.initiate(), { method: 'POST', headers, body: JSON.stringify({ file_id }) });
  return ((await answer.json()) as InitiateResponse).jobId;
}

async function jobOf({ address }: ProgramProcess, jobId: string): Promise<Job> {
  return jobSchema.parse(await (await fetch(address + downloadPaths.status(jobId))).json());
}

async function whenRunning(program: ProgramProcess, jobId: string): Promise<void> {
  await expect.poll(async () => (await jobOf(program, jobId)).status).toBe('running');
}

test('mistakes in the configuration are named in one message, and it does not start', () => {
  const mistakes = { PORT: 'x', DOWNLOAD_MAX_ATTEMPTS: '0', LOG_LEVEL: 'loud' };
  const main = resolve(import.meta.dirname, '../server/main.ts');
  const { status, stderr, stdout } = spawnSync(process.execPath, [main], { env: { ...process.env, ...mistakes }, encoding: 'utf8' });
  expect(status).toBe(1);
  for (const name of Object.keys(mistakes)) expect(stderr).toContain(`  ${name}: `);
  expect(stdout + stderr).not.toContain('    at ');
});

test('a taken port is told in one line', ({ program }) => {
  const main = resolve(import.meta.dirname, '../server/main.ts');
  const elsewhere = { NODE_ENV: 'production', PORT: String(program.port), DATA_DIR: test.info().outputPath('data') };
  const { status, stdout } = spawnSync(process.execPath, [main], { env: { ...process.env, ...elsewhere }, encoding: 'utf8' });
  expect(status).toBe(1);
  expect(stdout).toContain('EADDRINUSE');
});

test.describe('asked to stop', () => {
  test.use({ environment: { DOWNLOAD_DELAY_MIN_MS: '2000', DOWNLOAD_DELAY_MAX_MS: '2000', LOG_LEVEL: 'info' } });

  test('it lets what is in hand finish, and ends well', async ({ program }) => {
    const jobId = await ask(program, 54_321);
    await whenRunning(program, jobId);
    expect(await program.end('SIGTERM')).toBe(0);
    expect(program.output).toContain('"msg":"stopped"');
    await program.start();
    expect(await jobOf(program, jobId)).toMatchObject({ status: 'completed', attempts: 1, maxAttempts: 5 });
  });

  test('it hands back within 30 s what cannot finish', async ({ program }) => {
    const jobId = await ask(program, silent);
    await whenRunning(program, jobId);
    const askedAt = Date.now();
    expect(await program.end('SIGTERM')).toBe(0);
    expect(Date.now() - askedAt).toBeLessThan(30_000);
    await program.start();
    await whenRunning(program, jobId);
    expect(await jobOf(program, jobId)).toMatchObject({ attempts: 2, maxAttempts: 6 });
  });

  test('it ends at once when asked again', async ({ program }) => {
    const jobId = await ask(program, silent);
    await whenRunning(program, jobId);
    const askedAt = Date.now();
    expect(await program.end('SIGTERM', 'SIGTERM')).toBe(130);
    expect(Date.now() - askedAt).toBeLessThan(5000);
  });
});

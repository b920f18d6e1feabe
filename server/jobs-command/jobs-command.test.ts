import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { aProgram } from '../testing/a-program.ts';
import { describeWith } from '../testing/describe-with.ts';
import { startRedis } from '../testing/start-redis.ts';

/** A number that never gives a byte. */
const silent = 99_999_904;
/** One that its source refuses. */
const refused = 99_999_902;

/** The command as operators start it, in a folder without settings of its own. */
async function jobs(environment: NodeJS.ProcessEnv, ...args: string[]) {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'main.ts'), ...args], {
    cwd: tmpdir(),
    env: { PATH: process.env.PATH, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [said, complaint] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  return { said, complaint, code: child.exitCode };
}

/** Every change on a running program, whose API is to tell of it. */
async function expectChangesToTakeEffect(environment: NodeJS.ProcessEnv) {
  const program = await aProgram(environment);
  const held = await program.ask({ file_id: silent, userId: 'ada' });
  const failed = await program.ask({ file_id: refused });
  const done = await program.ask({ file_id: 10_000 });
  await program.until(held.jobId, ({ status }) => status === 'running');
  await Promise.all([failed, done].map(({ jobId }) => program.until(jobId)));

  const list = await jobs(environment, 'list', '--json');
  expect(list).toMatchObject({ code: 0, complaint: '' });
  const statuses = Object.fromEntries(JSON.parse(list.said).jobs.map((job: { jobId: string; status: string }) => [job.jobId, job.status]));
  expect(statuses).toEqual({ [held.jobId]: 'running', [failed.jobId]: 'failed', [done.jobId]: 'completed' });
  expect(await jobs(environment, 'show', held.jobId)).toMatchObject({ code: 0, said: expect.stringContaining('ada') });
  expect(await jobs(environment, 'doctor')).toEqual({ code: 0, said: 'Everything fits together.\n', complaint: '' });

  expect(await jobs(environment, 'cancel', held.jobId, failed.jobId)).toMatchObject({ code: 1, said: expect.stringContaining('Too late to cancel') });
  expect(await program.job(held.jobId)).toMatchObject({ status: 'cancelled' });
  expect(await jobs(environment, 'expire', done.jobId)).toMatchObject({ code: 0 });
  expect(await program.job(done.jobId)).toMatchObject({ status: 'expired', result: { url: null } });
  const retried = JSON.parse((await jobs(environment, 'retry', '--json', done.jobId)).said)[0].job.jobId;
  expect(await program.until(retried)).toMatchObject({ status: 'completed', retryOf: done.jobId });
  // The attempt at the cancelled job has ended as well, not only its record.
  await vi.waitFor(() => expect(program.log.lines.map(({ message }) => message)).toContain('attempt ended: nobody waits for it'), { timeout: 15_000 });
  return program;
}

const aFolder = async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'jobs-command-'));
  onTestFinished(() => rm(dataDir, { recursive: true, force: true }));
  return dataDir;
};

describe('npm run jobs, embedded', () => {
  it('sees and changes the jobs of the program that runs, and of one that does not', { timeout: 60_000 }, async () => {
    const environment = { DATA_DIR: await aFolder() };
    const program = await expectChangesToTakeEffect(environment);
    const { jobId } = await program.ask({ file_id: silent });
    await program.until(jobId, ({ status }) => status === 'running');
    await program.stop(0);

    expect(await jobs(environment, 'doctor')).toMatchObject({ code: 1, said: expect.stringContaining('no worker') });
    expect(await jobs(environment, 'cancel', jobId)).toMatchObject({ code: 0 });
    expect(await jobs(environment, 'doctor')).toMatchObject({ code: 0 });
    expect(await (await aProgram(environment)).job(jobId)).toMatchObject({ status: 'cancelled' });
  });

  it('says what it did not understand, or cannot work with, and makes nothing', { timeout: 30_000 }, async () => {
    const dataDir = await aFolder();
    expect(await jobs({ DATA_DIR: dataDir }, 'list')).toEqual({ code: 2, said: '', complaint: expect.stringContaining(`no records in ${dataDir}`) });
    expect(await jobs({ DATA_DIR: dataDir }, 'lst')).toMatchObject({ code: 2, complaint: expect.stringContaining('no command lst') });
    expect(await jobs({ PORT: 'x' }, 'list')).toMatchObject({ code: 2, complaint: expect.stringContaining('PORT: must be a whole number') });
    expect(await jobs({}, 'help')).toMatchObject({ code: 0, said: expect.stringContaining('npm run jobs -- COMMAND') });
  });
});

describeWith('redis-server', 'npm run jobs, distributed', () => {
  it('sees and changes the jobs of the processes that run', { timeout: 60_000 }, async () => {
    const redis = await startRedis();
    await expectChangesToTakeEffect({ DATA_DIR: await aFolder(), REDIS_URL: redis.url });
  });

  it('says that Redis cannot be reached', { timeout: 30_000 }, async () => {
    const away = { DATA_DIR: await aFolder(), REDIS_URL: 'redis://:secret@127.0.0.1:1' };
    const { code, said, complaint } = await jobs(away, 'list');
    expect([code, said]).toEqual([3, '']);
    expect(complaint).toContain('ECONNREFUSED');
    expect(complaint).not.toContain('secret');
    expect(await jobs(away, 'doctor')).toMatchObject({ code: 1, said: expect.stringContaining('cannot be reached') });
  });
});

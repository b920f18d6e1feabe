import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { downloadPaths, type InitiateResponse, type StatusesResponse } from '#shared/download-api.ts';
import type { Job } from '#shared/job.ts';
import { ProgramProcess } from '../e2e/support/program-process.ts';
import { simulatedBytes } from '../server/file-source/simulated-bytes.ts';
import { say } from './say.ts';

const rounds = Number(process.argv[2] ?? 50);
const jobsPerRound = 5;

/**
 * Kills the program with SIGKILL at random moments while jobs are in flight, starts it again each time, and then holds
 * every acknowledged job against its promise: completed, the right bytes, one artifact, no orphan, a sound database.
 */
await using program = await ProgramProcess.start({
  DOWNLOAD_DELAY_MIN_MS: '400',
  DOWNLOAD_DELAY_MAX_MS: '1500',
  DOWNLOAD_MAX_WORKER_LOSSES: '1000',
  LOG_LEVEL: 'warn',
});
const acknowledged = new Set<string>();
let refused = 0;
for (let round = 1; round <= rounds; round++) {
  const asking = Array.from({ length: jobsPerRound }, (_, index) => ask(20_000 + round * jobsPerRound + index));
  await sleep(Math.random() * 4000);
  await program.kill();
  await Promise.all(asking);
  await program.start();
}
say(`${rounds} rounds of kill -9; ${acknowledged.size} jobs acknowledged, ${refused} requests met a dead server`);

const jobs = await untilSettled();
const statuses = Object.groupBy(jobs, ({ status }) => status);
say(`settled: ${Object.entries(statuses).map(([status, some]) => `${some.length} ${status}`).join(', ')}`);
const wrong = (await Promise.all(jobs.map(isRight))).filter((right) => !right).length;
say(`artifacts whose bytes differ from the source: ${wrong}`);

// The sweep of objects runs at every start.
await program.kill();
await program.start();
await sleep(2000);
const files = await readdir(join(program.dataDir, 'objects'));
await program.kill();
const { integrity, completed, unfinished } = readRecords();
say(`files in the object store: ${files.length}, for ${completed} completed jobs and ${unfinished} unfinished`);
say(`integrity check of the database: ${integrity}`);
const allCompleted = statuses.completed?.length === acknowledged.size;
const kept = allCompleted && wrong === 0 && files.length === completed && unfinished === 0 && integrity === 'ok';
say(kept ? 'Every promise was kept.' : 'A PROMISE WAS BROKEN.');
process.exitCode = kept ? 0 : 1;

async function ask(fileId: number): Promise<void> {
  await sleep(Math.random() * 3000);
  const answer = await fetch(program.address + downloadPaths.initiate(), {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ file_id: fileId }),
  }).catch(() => null);
  const accepted = answer?.status === 202 ? ((await answer.json().catch(() => null)) as InitiateResponse | null) : null;
  if (accepted) acknowledged.add(accepted.jobId);
  else refused++;
}

async function untilSettled(): Promise<Job[]> {
  for (let waitedMs = 0; waitedMs < 300_000; waitedMs += 500) {
    const found = await statusesOf([...acknowledged]);
    if (found.length === acknowledged.size && found.every(({ settled }) => settled)) return found;
    await sleep(500);
  }
  return statusesOf([...acknowledged]);
}

async function statusesOf(jobIds: string[]): Promise<Job[]> {
  const found: Job[] = [];
  for (let start = 0; start < jobIds.length; start += 100) {
    const ids = jobIds.slice(start, start + 100).join();
    const answer = await fetch(`${program.address}${downloadPaths.statuses()}?ids=${ids}`);
    found.push(...((await answer.json()) as StatusesResponse).jobs);
  }
  return found;
}

async function isRight({ fileId, result }: Job): Promise<boolean> {
  if (result.url === null || result.size === null) return false;
  const bytes = Buffer.from(await (await fetch(result.url)).arrayBuffer());
  const digest = createHash('sha256').update(bytes).digest('hex');
  return digest === result.sha256 && bytes.equals(simulatedBytes(fileId, 0, result.size));
}

/** Straight from the file: some accepted jobs were never acknowledged, since the answer died with the server. */
function readRecords() {
  using database = new DatabaseSync(join(program.dataDir, 'records.sqlite'));
  const one = (sql: string) => Object.values(database.prepare(sql).get() ?? {})[0];
  return {
    integrity: String(one('PRAGMA integrity_check')),
    completed: Number(one("SELECT count(*) FROM job WHERE status = 'completed'")),
    unfinished: Number(one("SELECT count(*) FROM job WHERE status IN ('queued', 'running', 'processing_artifacts')")),
  };
}

function sleep(ms: number): Promise<void> {
  return new Promise((wake) => setTimeout(wake, ms));
}

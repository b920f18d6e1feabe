import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { ProgramProcess } from '../e2e/support/program-process.ts';
import { AcknowledgedJobs } from './acknowledged-jobs.ts';
import { say } from './say.ts';
import { sleep } from './sleep.ts';

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
const acknowledged = new AcknowledgedJobs(() => program.address);
for (let round = 1; round <= rounds; round++) {
  const asking = Array.from({ length: jobsPerRound }, (_, index) => askAtSomeTime(20_000 + round * jobsPerRound + index));
  await sleep(Math.random() * 4000);
  await program.kill();
  await Promise.all(asking);
  await program.start();
}
say(`${rounds} rounds of kill -9`);
const jobsAreRight = await acknowledged.keptItsPromise();

// The sweep of objects runs at every start.
await program.kill();
await program.start();
await sleep(2000);
const files = await readdir(join(program.dataDir, 'objects'));
await program.kill();
const { integrity, completed, unfinished } = readRecords();
say(`files in the object store: ${files.length}, for ${completed} completed jobs and ${unfinished} unfinished`);
say(`integrity check of the database: ${integrity}`);
const kept = jobsAreRight && files.length === completed && unfinished === 0 && integrity === 'ok';
say(kept ? 'Every promise was kept.' : 'A PROMISE WAS BROKEN.');
process.exitCode = kept ? 0 : 1;

async function askAtSomeTime(fileId: number): Promise<void> {
  await sleep(Math.random() * 3000);
  await acknowledged.ask(fileId);
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

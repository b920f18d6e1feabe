import { StoreUnavailable } from '../downloads/errors.ts';
import { aJob } from '../testing/a-job.ts';
import { SqliteJobStore } from './sqlite-job-store.ts';

/**
 * Another process on the same records, for tests: `count <jobId> <times>` raises the job's version, `ask <key> <times>`
 * creates jobs under one key and prints the ids answered, `stream` creates jobs and prints each id once it is safe,
 * until it is killed.
 */
const [dataDir, task, subject, times] = process.argv.slice(2);
const store = new SqliteJobStore(dataDir!);
const say = (line: string) => process.stdout.write(`${line}\n`);

if (task === 'count') {
  for (let turn = 0; turn < Number(times); turn++) {
    await again(() => store.update(subject!, (job) => ({ ...job, version: job.version + 1 })));
  }
} else if (task === 'ask') {
  const answers = new Set<string>();
  for (let turn = 0; turn < Number(times); turn++) {
    const { job } = await again(() => store.create(aJob({ idempotencyKey: `${subject}${turn}` })));
    answers.add(job.jobId);
  }
  say([...answers].join(' '));
} else {
  for (;;) {
    const { job } = await store.create(aJob());
    say(job.jobId);
  }
}
await store.close();

/** On a busy machine a write may wait too long for the others', and then wrote nothing. */
async function again<T>(work: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof StoreUnavailable)) throw error;
    }
  }
}

import { once } from 'node:events';
import { collectedLog } from '../testing/collected-log.ts';
import { BullmqJobQueue } from './bullmq-job-queue.ts';

/**
 * Another process that works on the same line, for tests: it prints the id of each delivery it takes, one at a time, and
 * holds it until it is told anything, or for ever.
 */
const [redisUrl, prefix, lockMs, stalledEveryMs] = process.argv.slice(2);
const options = { prefix: prefix!, lockMs: Number(lockMs), stalledEveryMs: Number(stalledEveryMs) };
const queue = new BullmqJobQueue(redisUrl!, collectedLog(), options);
queue.work(1, async ({ jobId }) => {
  process.stdout.write(`${jobId}\n`);
  await once(process.stdin, 'data');
  process.stdout.write('ended\n');
});

import { afterAll, beforeAll } from 'vitest';
import { collectedLog } from '../testing/collected-log.ts';
import { startRedis } from '../testing/start-redis.ts';
import { BullmqJobQueue } from './bullmq-job-queue.ts';
import { jobQueueContract } from './job-queue.contract.ts';

let redis: Awaited<ReturnType<typeof startRedis>>;
beforeAll(async () => {
  redis = await startRedis();
});
afterAll(() => redis.stop());

jobQueueContract('BullmqJobQueue', async () => {
  const options = { prefix: `test-${crypto.randomUUID()}` };
  return [new BullmqJobQueue(redis.url, collectedLog(), options), new BullmqJobQueue(redis.url, collectedLog(), options)];
});

import { collectedLog } from '../testing/collected-log.ts';
import { describeWith } from '../testing/describe-with.ts';
import { redisOfSuite } from '../testing/start-redis.ts';
import { BullmqJobQueue } from './bullmq-job-queue.ts';
import { jobQueueContract } from './job-queue.contract.ts';

describeWith('redis-server', 'BullmqJobQueue', () => {
  const redis = redisOfSuite();
  const open = (prefix: string) => new BullmqJobQueue(redis.url, collectedLog(), { prefix });

  jobQueueContract('BullmqJobQueue', async () => {
    const prefix = `test-${crypto.randomUUID()}`;
    return [open(prefix), open(prefix)];
  });
});

import { Queue } from 'bullmq';
import { Redis } from 'ioredis';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { StoreUnavailable } from '../downloads/errors.ts';
import { collectedLog } from '../testing/collected-log.ts';
import { describeWith } from '../testing/describe-with.ts';
import { redisOfSuite } from '../testing/start-redis.ts';
import { BullmqJobQueue, type BullmqOptions } from './bullmq-job-queue.ts';
import { jobQueueContract } from './job-queue.contract.ts';

describeWith('redis-server', 'BullmqJobQueue', () => {
  const redis = redisOfSuite();
  const newPrefix = () => `test-${crypto.randomUUID()}`;

  jobQueueContract('BullmqJobQueue', async () => {
    const open = (prefix: string) => new BullmqJobQueue(redis.url, collectedLog(), { prefix });
    const prefix = newPrefix();
    return [open(prefix), open(prefix)];
  });

  const aQueue = (options: BullmqOptions = {}) => {
    const log = collectedLog();
    const prefix = newPrefix();
    const queue = new BullmqJobQueue(redis.url, log, { prefix, ...options });
    onTestFinished(() => queue.close());
    const client = new Redis(redis.url);
    onTestFinished(() => client.disconnect());
    return { queue, log, prefix, client };
  };
  const entry = (jobId: string, place = Date.now()) => ({ jobId, place, notBefore: 0 });

  describe('a BullMQ entry', () => {
    it('stands under the id of its record, and leaves nothing behind', async () => {
      const { queue, prefix, client } = aQueue();
      await queue.add(entry('dl_a'));
      expect(await client.exists(`${prefix}:queue:dl_a`)).toBe(1);
      let deliveries = 0;
      queue.work(1, async () => {
        deliveries++;
        if (deliveries === 1) await queue.add(entry('dl_a'));
        else throw new Error('failed on purpose');
      });
      await vi.waitFor(async () => expect(await client.keys(`${prefix}*dl_a*`)).toEqual([]), { timeout: 5000 });
      expect(deliveries).toBe(2);
    });

    it('is delivered once when its handler fails: whether it runs again is not for BullMQ to decide', async () => {
      const { queue, log } = aQueue();
      const ids: string[] = [];
      queue.work(1, ({ jobId }) => {
        ids.push(jobId);
        return jobId === 'dl_fails' ? Promise.reject(new Error('rejected on purpose')) : Promise.resolve();
      });
      await queue.add(entry('dl_fails'));
      await queue.add(entry('dl_next'));
      await vi.waitFor(() => expect(ids).toEqual(['dl_fails', 'dl_next']), { timeout: 5000 });
      expect(await queue.waiting()).toBe(0);
      expect(log.lines).toMatchObject([{ level: 'error', fields: { jobId: 'dl_fails' } }]);
    });

    it('that is cancelled while a worker takes it does no harm', async () => {
      const { queue, log } = aQueue();
      queue.work(2, async () => {});
      await Promise.all(
        Array.from({ length: 100 }, async (_, n) => {
          await queue.add(entry(`dl_${n}`));
          await queue.cancel(`dl_${n}`);
        }),
      );
      await vi.waitFor(async () => expect(await queue.waiting()).toBe(0), { timeout: 5000 });
      expect(log.lines).toEqual([]);
    });
  });

  describe('a place that BullMQ could hold only roughly', () => {
    afterEach(() => {
      vi.useRealTimers();
    });

    it('is put right by adding again, in line and for later', async () => {
      const eraMs = 2 ** 20 * 1000;
      const change = Math.ceil(Date.now() / eraMs) * eraMs;
      vi.useFakeTimers({ toFake: ['Date'], now: change - 5000 });
      const { queue } = aQueue();
      const old = [entry('dl_1', change - 4000), entry('dl_2', change - 2000)];
      const delayed = { ...entry('dl_3', change - 1000), notBefore: change + 60_000 };
      for (const one of [...old, delayed]) await queue.add(one);

      vi.setSystemTime(change + 1);
      await queue.add(entry('dl_4', change));
      const positions = () => Promise.all(['dl_1', 'dl_2', 'dl_3', 'dl_4'].map((jobId) => queue.position(jobId)));
      expect(await positions()).toEqual([2, 3, null, 1]);
      for (const one of [...old, delayed]) await queue.add(one);
      expect(await positions()).toEqual([1, 2, null, 3]);
      await queue.add({ ...delayed, notBefore: 0 });
      expect(await positions()).toEqual([1, 2, 3, 4]);
    });
  });

  it('knows what is in line, for later and in hand', async () => {
    const { queue } = aQueue();
    const { promise: end, resolve: letGo } = Promise.withResolvers<void>();
    await queue.add(entry('dl_held'));
    queue.work(1, () => end);
    await vi.waitFor(async () => expect(await queue.waiting()).toBe(0), { timeout: 5000 });
    await queue.add(entry('a:b'));
    await queue.add({ ...entry('dl_later'), notBefore: Date.now() + 60_000 });
    expect(await queue.known(['dl_held', 'a:b', 'dl_later', 'dl_unknown'])).toEqual(new Set(['dl_held', 'a:b', 'dl_later']));
    expect(await queue.known([])).toEqual(new Set());
    letGo();
  });

  it('lets in line whose moment has come while all workers are busy', async () => {
    const { queue } = aQueue();
    const { promise: end, resolve: letGo } = Promise.withResolvers<void>();
    queue.work(1, () => end);
    await queue.add(entry('dl_held'));
    await queue.add({ ...entry('dl_later', 0), notBefore: Date.now() + 300 });
    await queue.add(entry('dl_waits'));
    await vi.waitFor(async () => expect(await queue.waiting()).toBe(2), { timeout: 5000 });
    expect([await queue.position('dl_later'), await queue.position('dl_waits')]).toEqual([1, 2]);
    letGo();
  });

  it('is not well when jobs wait, there is room for them, and none is delivered, however well Redis answers', async () => {
    const { queue, prefix, client } = aQueue({ stillMs: 200 });
    queue.work(1, async () => {});
    await queue.check();
    const operator = new Queue('queue', { connection: client, prefix });
    await operator.pause();
    await queue.add(entry('dl_a'));
    await queue.check();
    await vi.waitFor(() => expect(queue.check()).rejects.toThrow(StoreUnavailable), { timeout: 5000 });
    await operator.resume();
    await vi.waitFor(() => queue.check(), { timeout: 5000 });
    await operator.close();
  });
});

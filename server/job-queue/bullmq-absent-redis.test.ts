import { inspect } from 'node:util';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { expect, it, onTestFinished, vi } from 'vitest';
import { StoreUnavailable } from '../downloads/errors.ts';
import type { Delivery } from '../downloads/ports.ts';
import { collectedLog } from '../testing/collected-log.ts';
import { describeWith } from '../testing/describe-with.ts';
import { startRedis } from '../testing/start-redis.ts';
import { SwallowingProxy } from '../testing/swallowing-proxy.ts';
import { BullmqJobQueue } from './bullmq-job-queue.ts';

const urlOf = (port: number) => `redis://127.0.0.1:${port}`;

function aQueue(url: string) {
  const log = collectedLog();
  const queue = new BullmqJobQueue(url, log);
  onTestFinished(() => queue.close());
  return { queue, log };
}

const soon = (jobId: string) => ({ jobId, place: Date.now(), notBefore: 0 });

function operatorOf(url: string): Redis {
  const operator = new Redis(url);
  onTestFinished(() => operator.disconnect());
  return operator;
}

/** Every question, with how each was refused and how long that took. */
async function refusals(queue: BullmqJobQueue) {
  const began = Date.now();
  const questions = [queue.add(soon('dl_x')), queue.cancel('dl_x'), queue.position('dl_x'), queue.waiting(), queue.check()];
  const answers = await Promise.allSettled(questions);
  return { reasons: answers.map((answer) => (answer.status === 'rejected' ? (answer.reason as unknown) : 'answered')), ms: Date.now() - began };
}

/** Without our limits the questions wait for ever; the promise is 2 s, and a busy machine may be late with the news. */
const expectRefused = ({ reasons, ms }: Awaited<ReturnType<typeof refusals>>) => {
  for (const reason of reasons) expect(reason).toBeInstanceOf(StoreUnavailable);
  expect(ms).toBeLessThan(4000);
};

describeWith('redis-server', 'a line whose Redis is away', () => {
  it('refuses every question within two seconds when Redis is dead, frozen, or was never there', { timeout: 30_000 }, async () => {
    const redis = await startRedis();
    const { queue } = aQueue(redis.url);
    await queue.check();
    redis.freeze();
    expectRefused(await refusals(queue));
    redis.thaw();
    await redis.kill();
    expectRefused(await refusals(queue));
    expectRefused(await refusals(aQueue(redis.url).queue));

    await redis.start();
    await vi.waitFor(() => queue.check(), { timeout: 10_000 });
    await queue.add(soon('dl_a'));
    // What was given up may be heard all the same, from the other line even now: its connection comes back by itself.
    const firstOnceCleared = async () => {
      await queue.cancel('dl_x');
      return queue.position('dl_a');
    };
    await expect.poll(firstOnceCleared, { timeout: 10_000 }).toBe(1);
  });

  it('is back at work by itself within 30 s after 2, 9 and 30 s, and after 20 s of silence', { timeout: 150_000 }, async () => {
    const ids: string[] = [];

    /** Breaks the connections of an idle worker and of a busy one, and sees both work again. */
    const through = async (name: string, port: number, outage: () => Promise<void>) => {
      const { queue } = aQueue(urlOf(port));
      const taken: Delivery[] = [];
      const { promise: end, resolve: letGo } = Promise.withResolvers<void>();
      onTestFinished(() => letGo());
      for (const concurrency of [1, 1]) {
        queue.work(concurrency, async (delivery) => {
          taken.push(delivery);
          if (taken.length === 1) await end;
        });
      }
      await queue.add(soon('dl_held'));
      await vi.waitFor(() => expect(taken).toHaveLength(1), { timeout: 10_000 });
      await outage();

      await vi.waitFor(() => queue.add(soon('dl_after')), { timeout: 30_000, interval: 200 });
      await vi.waitFor(() => expect(taken.map(({ jobId }) => jobId)).toContain('dl_after'), { timeout: 30_000 });
      await vi.waitFor(
        async () => {
          await queue.cancel('dl_held');
          expect(taken[0]!.cancelled.aborted).toBe(true);
        },
        { timeout: 30_000, interval: 500 },
      );
      letGo();
      ids.push(name);
    };

    const away = async (seconds: number) => {
      const redis = await startRedis();
      await through(`away ${seconds}`, redis.port, async () => {
        await redis.kill();
        await sleep(seconds * 1000);
        await redis.start();
      });
    };
    const silent = async () => {
      const redis = await startRedis();
      const proxy = await SwallowingProxy.before(redis.port);
      onTestFinished(() => proxy[Symbol.asyncDispose]());
      await through('silent', proxy.port, async () => {
        proxy.swallow();
        await sleep(20_000);
        await proxy.pass();
      });
    };
    await Promise.all([away(2), away(9), away(30), silent()]);
    expect(ids.toSorted()).toEqual(['away 2', 'away 30', 'away 9', 'silent']);
  });

  it('stops in time when there is no Redis to say goodbye to', { timeout: 30_000 }, async () => {
    const redis = await startRedis();
    const { queue } = aQueue(redis.url);
    let ended = false;
    const stop = queue.work(1, async ({ signal }) => {
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
      ended = true;
    });
    await queue.add(soon('dl_a'));
    await vi.waitFor(async () => expect(await queue.waiting()).toBe(0));
    await redis.kill();
    const began = Date.now();
    await stop(500);
    expect(ended).toBe(true);
    expect(Date.now() - began).toBeLessThan(10_000);
  });

  it('refuses an add that finds Redis full, and takes it when there is room again', { timeout: 30_000 }, async () => {
    const redis = await startRedis();
    const { queue } = aQueue(redis.url);
    await queue.check();
    const operator = operatorOf(redis.url);
    await operator.config('SET', 'maxmemory', '1');
    await expect(queue.add(soon('dl_a'))).rejects.toThrow(StoreUnavailable);
    await operator.config('SET', 'maxmemory', '0');
    await queue.add(soon('dl_a'));
    expect(await queue.waiting()).toBe(1);
  });

  it('asks a Redis that answers with refusals once a second, and goes on after', { timeout: 60_000 }, async () => {
    const redis = await startRedis();
    const { queue, log } = aQueue(redis.url);
    const ids: string[] = [];
    const { promise: end, resolve: letGo } = Promise.withResolvers<void>();
    onTestFinished(() => letGo());
    queue.work(1, async ({ jobId }) => {
      ids.push(jobId);
      await end;
    });
    await queue.add(soon('dl_a'));
    await queue.add({ ...soon('dl_b'), place: Date.now() + 60_000 });
    await vi.waitFor(() => expect(ids).toEqual(['dl_a']), { timeout: 10_000 });

    const operator = operatorOf(redis.url);
    const commands = async () => Number(/total_commands_processed:(\d+)/.exec(await operator.info('stats'))![1]);
    // As after a failover to this one and back: every write is refused.
    await operator.replicaof('127.0.0.1', 1);
    await expect(queue.add(soon('dl_c'))).rejects.toThrow(StoreUnavailable);
    letGo();
    const before = await commands();
    await sleep(3000);
    expect((await commands()) - before).toBeLessThan(300);
    expect(log.lines.length).toBeLessThan(10);

    await operator.replicaof('NO', 'ONE');
    await vi.waitFor(() => expect(ids).toContain('dl_b'), { timeout: 20_000 });
  });

  it('tells operators once that Redis is away and once that it is back', { timeout: 30_000 }, async () => {
    const redis = await startRedis();
    const { queue, log } = aQueue(redis.url);
    const said = () => log.lines.map(({ message }) => message);
    await queue.check();
    await redis.kill();
    await sleep(2500);
    expect(said()).toEqual(['Redis is away']);
    await redis.start();
    await vi.waitFor(() => expect(said()).toEqual(['Redis is away', 'Redis is back']), { timeout: 10_000 });
    await queue.close();
    const { queue: brief, log: briefLog } = aQueue(redis.url);
    await sleep(5);
    await brief.close();
    await sleep(100);
    expect([said().length, briefLog.lines]).toEqual([2, []]);
  });

  it('never tells the password', { timeout: 30_000 }, async () => {
    const redis = await startRedis({ requirepass: 'the right one' });
    const { queue, log } = aQueue(`redis://:not-for-the-log@127.0.0.1:${redis.port}`);
    queue.work(1, async () => {});
    const { reasons } = await refusals(queue);
    for (const reason of reasons) expect(reason).toBeInstanceOf(StoreUnavailable);
    await vi.waitFor(() => expect(log.lines.length).toBeGreaterThan(0), { timeout: 10_000 });
    const all = inspect([reasons, log.lines], { depth: 20, showHidden: true });
    expect(all).toContain('WRONGPASS');
    expect(all).not.toContain('not-for-the-log');
  });
});

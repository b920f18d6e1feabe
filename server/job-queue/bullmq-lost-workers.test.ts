import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it, onTestFinished, vi } from 'vitest';
import { collectedLog } from '../testing/collected-log.ts';
import { describeWith } from '../testing/describe-with.ts';
import { redisOfSuite } from '../testing/start-redis.ts';
import type { Delivery } from '../downloads/ports.ts';
import { BullmqJobQueue } from './bullmq-job-queue.ts';

const asInProduction = { lockMs: 10_000, stalledEveryMs: 5000 };
const quick = { lockMs: 1000, stalledEveryMs: 500 };

describeWith('redis-server', 'a line whose workers die', () => {
  const redis = redisOfSuite();

  function aLine(patience: { lockMs: number; stalledEveryMs: number }) {
    const prefix = `test-${crypto.randomUUID()}`;
    const open = () => {
      const queue = new BullmqJobQueue(redis.url, collectedLog(), { prefix, ...patience });
      onTestFinished(() => queue.close());
      return queue;
    };
    /** Another process that works, and has taken the job. */
    const startRival = async (jobId: string) => {
      const args = [redis.url, prefix, String(patience.lockMs), String(patience.stalledEveryMs)];
      const child = spawn(process.execPath, [join(import.meta.dirname, 'bullmq-job-queue.rival.ts'), ...args], {
        stdio: ['pipe', 'pipe', 'inherit'],
      });
      onTestFinished(() => void child.kill('SIGKILL'));
      const lines = createInterface(child.stdout);
      const [said] = (await once(lines, 'line')) as [string];
      expect(said).toBe(jobId);
      return { child, lines };
    };
    return { queue: open(), open, startRival };
  }

  const kill = async (child: ReturnType<typeof spawn>) => {
    child.kill('SIGKILL');
    await once(child, 'exit');
  };

  /** A worker that keeps what it takes until it is told to let go. */
  function holding(queue: BullmqJobQueue) {
    const taken: Delivery[] = [];
    const { promise: end, resolve: letGo } = Promise.withResolvers<void>();
    const stop = queue.work(1, async (delivery) => {
      taken.push(delivery);
      await end;
    });
    return { taken, letGo, stop };
  }

  it('brings the job of a killed worker to another within 20 s', { timeout: 60_000 }, async () => {
    const { queue, startRival } = aLine(asInProduction);
    await queue.add({ jobId: 'dl_a', place: Date.now(), notBefore: 0 });
    const { child } = await startRival('dl_a');
    const { taken, letGo } = holding(queue);
    letGo();
    await kill(child);
    await vi.waitFor(() => expect(taken.map(({ jobId }) => jobId)).toEqual(['dl_a']), { timeout: 20_000 });
  });

  it('brings it again however often its workers are killed', { timeout: 60_000 }, async () => {
    const { queue, startRival } = aLine(quick);
    await queue.add({ jobId: 'dl_a', place: Date.now(), notBefore: 0 });
    for (let crash = 0; crash < 4; crash++) {
      const { child } = await startRival('dl_a');
      await kill(child);
    }
    const { taken, letGo } = holding(queue);
    await vi.waitFor(() => expect(taken.map(({ jobId }) => jobId)).toEqual(['dl_a']), { timeout: 20_000 });
    letGo();
  });

  it('puts what a dead worker had in hand before all that wait, once', { timeout: 60_000 }, async () => {
    const { queue, startRival } = aLine(quick);
    const at = (jobId: string, place: number) => queue.add({ jobId, place, notBefore: 0 });
    await at('dl_dead', Date.now());
    const { child } = await startRival('dl_dead');
    await at('dl_held', Date.now());
    const { taken, letGo } = holding(queue);
    await vi.waitFor(() => expect(taken).toHaveLength(1), { timeout: 20_000 });
    await at('dl_waits', Date.now() - 60_000);
    await kill(child);
    await vi.waitFor(async () => expect(await queue.position('dl_dead')).toBe(1), { timeout: 20_000 });
    expect([await queue.position('dl_waits'), await queue.waiting()]).toEqual([2, 2]);
    await at('dl_dead', Date.now());
    letGo();
    await vi.waitFor(async () => expect(await queue.waiting()).toBe(0), { timeout: 20_000 });
    await sleep(200);
    expect(taken.map(({ jobId }) => jobId)).toEqual(['dl_held', 'dl_dead', 'dl_waits']);
  });

  it('takes a job from a frozen worker, and lets it disturb nothing when it wakes', { timeout: 60_000 }, async () => {
    const { queue, startRival } = aLine(quick);
    await queue.add({ jobId: 'dl_a', place: Date.now(), notBefore: 0 });
    const { child, lines } = await startRival('dl_a');
    child.kill('SIGSTOP');
    const { taken, letGo } = holding(queue);
    await vi.waitFor(() => expect(taken).toHaveLength(1), { timeout: 20_000 });

    child.kill('SIGCONT');
    child.stdin.write('end\n');
    await once(lines, 'line');
    await queue.add({ jobId: 'dl_a', place: Date.now(), notBefore: 0 });
    await sleep(quick.lockMs * 2);
    expect(taken).toHaveLength(1);
    expect(await queue.waiting()).toBe(0);
    await kill(child);
    letGo();
    await vi.waitFor(() => expect(taken.map(({ jobId }) => jobId)).toEqual(['dl_a', 'dl_a']), { timeout: 20_000 });
  });

  it('keeps what is in hand while its worker stops, however long that takes', { timeout: 60_000 }, async () => {
    const { queue, open } = aLine(quick);
    await queue.add({ jobId: 'dl_a', place: Date.now(), notBefore: 0 });
    const one = holding(queue);
    await vi.waitFor(() => expect(one.taken).toHaveLength(1), { timeout: 20_000 });
    const stopped = one.stop(60_000);
    const other = holding(open());
    await sleep(quick.lockMs * 3);
    expect(other.taken).toEqual([]);
    one.letGo();
    await stopped;
    await sleep(quick.lockMs * 3);
    expect(other.taken).toEqual([]);
    other.letGo();
  });

  it('starts nothing after a stop was asked for, and leaves it to the next', { timeout: 60_000 }, async () => {
    const { queue, open } = aLine(quick);
    const other = open();
    const wanted: string[] = [];
    const seen: string[] = [];
    let late = 0;
    for (let round = 0; round < 20; round++) {
      let isStopping = false;
      const stop = queue.work(2, async ({ jobId }) => {
        if (isStopping) late++;
        seen.push(jobId);
      });
      for (let n = 0; n < 20; n++) {
        const jobId = `dl_${round}-${n}`;
        wanted.push(jobId);
        await queue.add({ jobId, place: Date.now(), notBefore: 0 });
      }
      isStopping = true;
      await stop(0);
    }
    other.work(2, async ({ jobId }) => void seen.push(jobId));
    await vi.waitFor(() => expect(seen.length).toBeGreaterThanOrEqual(wanted.length), { timeout: 20_000 });
    expect(late).toBe(0);
    expect(seen.toSorted()).toEqual(wanted.toSorted());
  });
});

import { afterEach, describe, expect, it, vi } from 'vitest';
import { priorities } from '#shared/job-status.ts';
import { StoreUnavailable } from '../downloads/errors.ts';
import { placeInLine } from '../downloads/place-in-line.ts';
import { InProcessJobQueue } from './in-process-job-queue.ts';
import { jobQueueContract } from './job-queue.contract.ts';

jobQueueContract('InProcessJobQueue', async () => {
  const queue = new InProcessJobQueue();
  return [queue, queue];
});

describe('InProcessJobQueue', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  it('keeps a line of 100,000 in order without strain', { timeout: 20_000 }, async () => {
    const queue = new InProcessJobQueue();
    const entries = Array.from({ length: 100_000 }, (_, n) => {
      const priority = priorities[n % 3]!;
      return { jobId: `job ${n}`, place: placeInLine({ queuedAt: n * 20, priority, waiting: 0 }, { jobTimeoutMs: 0 }), notBefore: 0 };
    });
    const inOrder = entries.toSorted((one, other) => one.place - other.place).map(({ jobId }) => jobId);
    const began = performance.now();
    for (const entry of entries) await queue.add(entry);
    const positions = await Promise.all(inOrder.map((jobId) => queue.position(jobId)));
    expect(positions).toEqual([...inOrder.keys()].map((index) => index + 1));
    expect(await queue.waiting()).toBe(100_000);

    const delivered: string[] = [];
    const { promise: done, resolve } = Promise.withResolvers<void>();
    const stop = queue.work(4, async ({ jobId }) => {
      if (delivered.push(jobId) === entries.length) resolve();
    });
    await done;
    expect(performance.now() - began).toBeLessThan(10_000);
    expect(delivered).toEqual(inOrder);
    await stop(1000);
    await queue.close();
  });

  it('waits for a moment that is farther than one timer reaches', async () => {
    vi.useFakeTimers();
    const queue = new InProcessJobQueue();
    const hundredDaysMs = 100 * 86_400_000;
    const ids: string[] = [];
    queue.work(1, async ({ jobId }) => void ids.push(jobId));
    await queue.add({ jobId: 'a', place: 0, notBefore: Date.now() + hundredDaysMs });
    await vi.advanceTimersByTimeAsync(hundredDaysMs - 1);
    expect(ids).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(ids).toEqual(['a']);
    await queue.close();
  });

  it('has one timer for all that is for later, and none when it is closed', async () => {
    vi.useFakeTimers();
    const queue = new InProcessJobQueue();
    const later = Date.now() + 60_000;
    for (let n = 0; n < 50; n++) await queue.add({ jobId: `job ${n}`, place: n, notBefore: later - n });
    expect(vi.getTimerCount()).toBe(1);
    await queue.close();
    expect(vi.getTimerCount()).toBe(0);
  });

  it('leaves no timer behind a stop that ended before its grace', async () => {
    vi.useFakeTimers();
    const queue = new InProcessJobQueue();
    await queue.work(1, async () => {})(60_000);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('tells of a handler that rejects against its promise', async () => {
    const error = vi.fn<(fields: object, message: string) => void>();
    const queue = new InProcessJobQueue({ error });
    const err = new Error('rejected on purpose');
    queue.work(1, () => Promise.reject(err));
    await queue.add({ jobId: 'a', place: 0, notBefore: 0 });
    await vi.waitFor(() => expect(error).toHaveBeenCalledWith({ err, jobId: 'a' }, expect.any(String)));
    await queue.close();
  });

  it('never runs a job within the call that adds it', async () => {
    const queue = new InProcessJobQueue();
    let ran = false;
    queue.work(1, async () => void (ran = true));
    void queue.add({ jobId: 'a', place: 0, notBefore: 0 });
    expect(ran).toBe(false);
    await vi.waitFor(() => expect(ran).toBe(true));
    await queue.close();
  });

  it('aborts what is in hand when it is closed, and takes nothing more', async () => {
    const queue = new InProcessJobQueue();
    const { promise: aborted, resolve } = Promise.withResolvers<void>();
    queue.work(1, ({ signal }) => {
      signal.addEventListener('abort', () => resolve());
      return aborted;
    });
    await queue.add({ jobId: 'a', place: 0, notBefore: 0 });
    await queue.close();
    await aborted;
    await expect(queue.add({ jobId: 'b', place: 0, notBefore: 0 })).rejects.toThrow(StoreUnavailable);
    await expect(queue.check()).rejects.toThrow(StoreUnavailable);
  });
});

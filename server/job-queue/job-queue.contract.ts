import { AsyncLocalStorage } from 'node:async_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { priorities } from '#shared/job-status.ts';
import { placeInLine } from '../downloads/place-in-line.ts';
import type { Delivery, JobQueue, StopWork } from '../downloads/ports.ts';
import { aPolicy } from '../testing/a-policy.ts';

/** A handler that goes on until it is told to end, or is aborted. */
function holding() {
  const taken: Delivery[] = [];
  const ends = new Map<string, () => void>();
  const handler = (delivery: Delivery) => {
    taken.push(delivery);
    const { promise, resolve } = Promise.withResolvers<void>();
    ends.set(delivery.jobId, resolve);
    delivery.signal.addEventListener('abort', () => resolve());
    return promise;
  };
  return { handler, taken, ids: () => taken.map(({ jobId }) => jobId), end: (jobId: string) => ends.get(jobId)!() };
}

/** Places lie whole seconds apart, about now: so far the order by place is exact in every queue. */
const aboutNow = Date.now();
const entry = (jobId: string, seconds = 0, notBefore = 0) => ({ jobId, place: aboutNow + seconds * 1000, notBefore });

/** Long enough for what must not happen to happen. */
const aWhile = () => sleep(100);

/** What every job queue promises. `open` gives two handles on the same, empty line; they may be one. */
export function jobQueueContract(name: string, open: () => Promise<readonly [JobQueue, JobQueue]>): void {
  describe(`${name} as a job queue`, () => {
    let asking: JobQueue;
    let working: JobQueue;
    const stops: StopWork[] = [];

    const work = (concurrency: number, handler: (delivery: Delivery) => Promise<void>) => {
      const stop = working.work(concurrency, handler);
      stops.push(stop);
      return stop;
    };

    /** The next deliveries, one at a time. */
    const deliveries = async (count: number) => {
      const ids: string[] = [];
      const stop = work(1, async ({ jobId }) => void ids.push(jobId));
      await vi.waitFor(() => expect(ids.length).toBeGreaterThanOrEqual(count), { timeout: 5000, interval: 2 });
      await stop(1000);
      return ids;
    };

    beforeEach(async () => {
      [asking, working] = await open();
    });
    afterEach(async () => {
      await Promise.all(stops.splice(0).map((stop) => stop(0)));
      await asking.close();
      await working.close();
    });

    describe('the order', () => {
      it('is by place, whatever the order of asking', async () => {
        for (const place of [30, 10, 20, 5, 25]) await asking.add(entry(`at ${place}`, place));
        expect(await deliveries(5)).toEqual(['at 5', 'at 10', 'at 20', 'at 25', 'at 30']);
      });

      it('of equal places is that of asking', async () => {
        const ids = Array.from({ length: 20 }, (_, n) => `job ${n}`);
        for (const jobId of ids) await asking.add(entry(jobId, 7));
        expect(await deliveries(20)).toEqual(ids);
      });

      it('lets nobody wait for one who came more than five minutes later, nor `high` for one who came later', { timeout: 30_000 }, async () => {
        const ask = fc.record({ queuedAt: fc.integer({ min: 0, max: 900 }).map((seconds) => aboutNow + seconds * 1000), priority: fc.constantFrom(...priorities) });
        const asked = fc.array(ask, { minLength: 2, maxLength: 30 });
        await fc.assert(
          fc.asyncProperty(asked, async (jobs) => {
            const byId = new Map(jobs.map((job, n) => [`job ${n}`, job]));
            for (const [jobId, job] of byId) await asking.add({ jobId, place: placeInLine({ ...job, waiting: 0 }, aPolicy()), notBefore: 0 });
            const order = (await deliveries(jobs.length)).map((jobId) => byId.get(jobId)!);
            for (const [turn, waited] of order.entries()) {
              const longestOvertaken = { high: 0, normal: 60_000, low: 300_000 }[waited.priority];
              for (const { queuedAt } of order.slice(0, turn)) expect(queuedAt - waited.queuedAt).toBeLessThanOrEqual(longestOvertaken);
            }
          }),
          { numRuns: 25 },
        );
      });
    });

    describe('delivering', () => {
      it('hands over what is added while a worker waits', async () => {
        const { handler, ids } = holding();
        work(2, handler);
        await asking.add(entry('a'));
        await vi.waitFor(() => expect(ids()).toEqual(['a']));
        await asking.add(entry('b'));
        await vi.waitFor(() => expect(ids()).toEqual(['a', 'b']));
      });

      it('never hands over more at a time than asked for, and each once', async () => {
        let now = 0;
        let most = 0;
        const ids: string[] = [];
        work(3, async ({ jobId }) => {
          most = Math.max(most, ++now);
          ids.push(jobId);
          await sleep(2);
          now--;
        });
        await Promise.all(Array.from({ length: 40 }, (_, n) => asking.add(entry(`job ${n}`))));
        await vi.waitFor(() => expect(ids).toHaveLength(40), { timeout: 5000 });
        await aWhile();
        expect(most).toBe(3);
        expect(new Set(ids).size).toBe(40);
        expect(ids).toHaveLength(40);
      });

      it('keeps one entry of a job that is added twice', async () => {
        await asking.add({ ...entry('a'), isNew: true });
        await asking.add(entry('a'));
        await asking.add(entry('b', 1));
        // Somebody was faster than who knew it as new.
        await asking.add({ ...entry('b', 1), isNew: true });
        expect(await asking.waiting()).toBe(2);
        expect(await deliveries(2)).toEqual(['a', 'b']);
        expect(await asking.waiting()).toBe(0);
      });

      it('hands a job over again that is added while in hand, once that has ended', async () => {
        const { handler, ids, end } = holding();
        work(2, handler);
        await asking.add(entry('a'));
        await vi.waitFor(() => expect(ids()).toEqual(['a']));
        await asking.add(entry('a'));
        await asking.add(entry('a'));
        await aWhile();
        expect(ids()).toEqual(['a']);
        end('a');
        await vi.waitFor(() => expect(ids()).toEqual(['a', 'a']));
        end('a');
        await aWhile();
        expect(ids()).toEqual(['a', 'a']);
      });

      it('loses no add to the moment in which the delivery before it ends', { timeout: 30_000 }, async () => {
        let asked = 0;
        let seen = 0;
        work(1, async () => {
          seen = asked;
          await sleep(Math.random() * 3);
        });
        for (let round = 0; round < 200; round++) {
          await sleep(Math.random() * 3);
          const mine = ++asked;
          await asking.add(entry('a'));
          await vi.waitFor(() => expect(seen).toBeGreaterThanOrEqual(mine), { timeout: 10_000, interval: 1 });
        }
      });

      it('lets a handler put its own job back for later', async () => {
        const moments: number[] = [];
        const notBefore = Date.now() + 150;
        work(1, async ({ jobId }) => {
          moments.push(Date.now());
          if (moments.length === 1) await asking.add(entry(jobId, 0, notBefore));
        });
        await asking.add(entry('a'));
        await vi.waitFor(() => expect(moments).toHaveLength(2), { timeout: 5000 });
        expect(moments[1]).toBeGreaterThanOrEqual(notBefore);
      });

      it('takes any id', async () => {
        const ids = ['42', '0', 'a:b', 'ü/%', ' '];
        for (const [seconds, jobId] of ids.entries()) await asking.add(entry(jobId, seconds));
        expect(await asking.position('a:b')).toBe(3);
        expect(await deliveries(5)).toEqual(ids);
      });

      it('goes on after a handler that rejects, or throws', async () => {
        const ids: string[] = [];
        work(1, ({ jobId }) => {
          ids.push(jobId);
          if (jobId === 'throws') throw new Error('thrown on purpose');
          return jobId === 'rejects' ? Promise.reject(new Error('rejected on purpose')) : Promise.resolve();
        });
        for (const jobId of ['rejects', 'throws', 'a']) await asking.add(entry(jobId));
        await vi.waitFor(() => expect(ids).toContain('a'), { timeout: 5000 });
      });
    });

    describe('a job for later', () => {
      it('is not handed over before its moment, and soon after', async () => {
        const notBefore = Date.now() + 200;
        await asking.add(entry('later', 0, notBefore));
        await asking.add(entry('now', 99));
        const moments = new Map<string, number>();
        work(1, async ({ jobId }) => void moments.set(jobId, Date.now()));
        await vi.waitFor(() => expect(moments.has('now')).toBe(true));
        expect(moments.has('later')).toBe(false);
        await vi.waitFor(() => expect(moments.has('later')).toBe(true), { timeout: 5000 });
        expect(moments.get('later')).toBeGreaterThanOrEqual(notBefore);
        expect(moments.get('later')).toBeLessThan(notBefore + 2000);
      });

      it('does not count as waiting and has no position until then', async () => {
        await asking.add(entry('later', 0, Date.now() + 200));
        await asking.add(entry('now', 99));
        expect(await asking.waiting()).toBe(1);
        expect(await asking.position('later')).toBeNull();
        expect(await asking.position('now')).toBe(1);
        await vi.waitFor(async () => expect(await asking.position('later')).toBe(1), { timeout: 5000 });
        expect(await asking.position('now')).toBe(2);
        expect(await asking.waiting()).toBe(2);
      });

      it('comes sooner, but never later, when it is added again', async () => {
        const far = Date.now() + 3_600_000;
        await asking.add(entry('sooner', 0, far));
        await asking.add(entry('sooner', 0, 0));
        await asking.add(entry('no later', 1, 0));
        await asking.add(entry('no later', 1, far));
        expect(await deliveries(2)).toEqual(['sooner', 'no later']);
      });
    });

    describe('cancelling', () => {
      it('drops what waits and what is for later', async () => {
        await asking.add(entry('waiting'));
        await asking.add(entry('later', 0, Date.now() + 100));
        await asking.cancel('waiting');
        await asking.cancel('later');
        await asking.add(entry('other', 1));
        await sleep(150);
        expect(await asking.waiting()).toBe(1);
        expect(await deliveries(1)).toEqual(['other']);
      });

      it('tells what is in hand, with a reason, and nothing else', async () => {
        const { handler, taken } = holding();
        work(2, handler);
        await asking.add(entry('a'));
        await asking.add(entry('b'));
        await vi.waitFor(() => expect(taken).toHaveLength(2));
        await asking.cancel('a');
        const [a, b] = taken.toSorted((one, two) => one.jobId.localeCompare(two.jobId));
        await vi.waitFor(() => expect(a!.cancelled.aborted).toBe(true));
        expect(a!.cancelled.reason).toBeInstanceOf(Error);
        expect([a!.signal.aborted, b!.signal.aborted, b!.cancelled.aborted]).toEqual([false, false, false]);
      });

      it('also drops what was added while in hand', async () => {
        const { handler, ids } = holding();
        work(1, handler);
        await asking.add(entry('a'));
        await vi.waitFor(() => expect(ids()).toEqual(['a']));
        await asking.add(entry('a'));
        await asking.cancel('a');
        await aWhile();
        expect(ids()).toEqual(['a']);
      });

      it('of an unknown job is fine, and a cancelled one can be added again', async () => {
        await asking.cancel('nobody');
        await asking.add(entry('a'));
        await asking.cancel('a');
        await asking.add(entry('a'));
        expect(await deliveries(1)).toEqual(['a']);
      });
    });

    describe('stopping', () => {
      it('takes nothing more and waits for what is in hand', async () => {
        const { handler, ids, taken, end } = holding();
        const stop = work(1, handler);
        await asking.add(entry('a'));
        await asking.add(entry('b', 1));
        await vi.waitFor(() => expect(ids()).toEqual(['a']));

        let stopped = false;
        const stopping = stop(5000).then(() => (stopped = true));
        await aWhile();
        expect(stopped).toBe(false);
        expect(taken[0]!.signal.aborted).toBe(false);
        end('a');
        await stopping;
        await aWhile();
        expect(ids()).toEqual(['a']);
        expect(await asking.waiting()).toBe(1);
      });

      it('aborts what goes on past the grace, and waits for its end', async () => {
        let ended = false;
        let reason: unknown;
        const stop = work(1, async ({ signal }) => {
          await new Promise((resolve) => signal.addEventListener('abort', resolve));
          ({ reason } = signal);
          await sleep(50);
          ended = true;
        });
        await asking.add(entry('a'));
        await vi.waitFor(async () => expect(await asking.waiting()).toBe(0));
        await aWhile();
        const began = Date.now();
        await stop(100);
        expect(Date.now() - began).toBeGreaterThanOrEqual(95);
        expect(reason).toBeInstanceOf(Error);
        expect(ended).toBe(true);
      });

      it('is over at once when nothing is in hand, and leaves the line to the next worker', async () => {
        await work(1, async () => {})(60_000);
        await asking.add(entry('a'));
        expect(await deliveries(1)).toEqual(['a']);
      });
    });

    describe('the position', () => {
      it('counts from 1 for the next, and moves up', async () => {
        for (const place of [30, 10, 20]) await asking.add(entry(`at ${place}`, place));
        const positions = () => Promise.all(['at 10', 'at 20', 'at 30'].map((jobId) => asking.position(jobId)));
        expect(await positions()).toEqual([1, 2, 3]);
        await asking.cancel('at 10');
        expect(await positions()).toEqual([null, 1, 2]);
        await asking.add(entry('first', 1));
        expect(await positions()).toEqual([null, 2, 3]);
      });

      it('is null for what is in hand, and for the unknown', async () => {
        const { handler, ids } = holding();
        work(1, handler);
        await asking.add(entry('a'));
        await vi.waitFor(() => expect(ids()).toEqual(['a']));
        expect(await asking.position('a')).toBeNull();
        expect(await asking.position('nobody')).toBeNull();
        expect(await asking.waiting()).toBe(0);
      });
    });

    it('hands a delivery over as nobody\'s part, whoever put it in line', async () => {
      const within = new AsyncLocalStorage<string>();
      const seen: unknown[] = [];
      work(1, async () => void seen.push(within.getStore()));
      await within.run('a request', () => asking.add(entry('a')));
      await vi.waitFor(() => expect(seen).toEqual([undefined]));
    });

    it('checks while it is open', async () => {
      await expect(asking.check()).resolves.toBeUndefined();
    });
  });
}

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { jobStatuses, settledStatuses, type Priority } from '#shared/job-status.ts';
import type { Claim, JobRecord } from '../downloads/job-record.ts';
import type { HistoryCursor, HistoryQuestion, JobStore } from '../downloads/ports.ts';
import { aJob, someTime } from '../testing/a-job.ts';
import { allOf } from '../testing/all-of.ts';

const ids = (jobs: JobRecord[]) => jobs.map(({ jobId }) => jobId).toSorted();

const held = (leaseExpiresAt: number, id = 'x'): Claim => ({ worker: 'w', heardAt: leaseExpiresAt - 30_000, leaseExpiresAt, object: { id, fence: 1 } });

const prepared = (ms: number, settledAt: number) => aJob({ status: 'completed', startedAt: settledAt - ms, settledAt });

const takeOnce = (job: JobRecord): JobRecord | null =>
  job.status === 'queued' ? { ...job, status: 'running', fence: job.fence + 1 } : null;

const byKey = (idempotencyKey: string) => ({ idempotencyKey, retryOf: null });

const nothingToChange = (): never => expect.fail('There is nothing to change.');

/** What every job store promises. `open` gives two handles on the same, empty data. */
export function jobStoreContract(name: string, open: () => Promise<readonly [JobStore, JobStore]>): void {
  describe(`${name} as a job store`, () => {
    let store: JobStore;
    let other: JobStore;

    beforeEach(async () => {
      [store, other] = await open();
    });
    afterEach(async () => {
      await store.close();
      await other.close();
    });

    const keep = async (...jobs: JobRecord[]) => {
      for (const job of jobs) await store.create(job);
      return jobs;
    };

    const ask = (more: Partial<HistoryQuestion> = {}) =>
      store.history({ userId: 'u', statuses: null, limit: 10, after: null, ...more });

    /** All pages; `between` is what happens while the reader turns one. */
    const readAll = async (limit: number, between: () => Promise<unknown>) => {
      const seen: JobRecord[] = [];
      let after: HistoryCursor | null = null;
      do {
        const page = await ask({ limit, after });
        seen.push(...page.jobs);
        after = page.next;
        await between();
      } while (after);
      return seen;
    };

    it('gives every record there is', async () => {
      const jobs = await keep(...Array.from({ length: 1201 }, (_, n) => aJob({ status: jobStatuses[n % jobStatuses.length]! })));
      expect(ids(await allOf(other.all()))).toEqual(ids(jobs));
    });

    describe('creating', () => {
      it('keeps the record exactly as given, for every handle', async () => {
        const job = aJob({
          userId: 'ünïcode "quoted" \u0000 \ud83d\ude80',
          idempotencyKey: 'user:key',
          files: [{ fileId: 1, fileName: "it's ; DROP TABLE job", size: Number.MAX_SAFE_INTEGER }],
          timeline: [{ at: '2026-01-15T12:00:00.000Z', event: 'queued', attempt: null, detail: null }],
        });
        expect(await store.create(job)).toEqual({ job, created: true });
        expect(await other.find(job.jobId)).toEqual(job);
        expect(await other.findHolder(byKey('user:key'))).toEqual(job);
      });

      it('makes one job of 200 concurrent asks with one key', async () => {
        const answers = await Promise.all(
          Array.from({ length: 200 }, (_, turn) => (turn % 2 ? store : other).create(aJob({ idempotencyKey: 'one' }))),
        );
        expect(answers.filter(({ created }) => created)).toHaveLength(1);
        expect(new Set(answers.map(({ job }) => job.jobId)).size).toBe(1);
      });

      it('answers the job that holds the key as it is now, also long settled', async () => {
        const [job] = await keep(aJob({ idempotencyKey: 'k' }));
        await store.update(job!.jobId, (now) => ({ ...now, status: 'cancelled', version: 9 }));
        const again = await other.create(aJob({ idempotencyKey: 'k' }));
        expect(again).toMatchObject({ created: false, job: { jobId: job!.jobId, status: 'cancelled', version: 9 } });
      });

      it('keeps jobs without a key apart', async () => {
        await keep(aJob(), aJob());
        expect(await store.listQueued(10, null)).toHaveLength(2);
      });

      it('takes keys of any text as they are', async () => {
        const keys = ['1', ' 1', 'a:b', 'A:B', '*', 'x'.repeat(600), '\u202e', '__proto__'];
        const answers = await Promise.all(keys.map((idempotencyKey) => store.create(aJob({ idempotencyKey }))));
        expect(answers.every(({ created }) => created)).toBe(true);
      });

      it('answers the unsettled retry of the same job, also to concurrent asks', async () => {
        const answers = await Promise.all(
          Array.from({ length: 20 }, (_, turn) => (turn % 2 ? store : other).create(aJob({ retryOf: 'first' }))),
        );
        expect(answers.filter(({ created }) => created)).toHaveLength(1);
        expect(new Set(answers.map(({ job }) => job.jobId)).size).toBe(1);
      });

      it('allows another retry once the one before is settled', async () => {
        for (const status of settledStatuses) {
          const { job, created } = await store.create(aJob({ retryOf: 'first' }));
          expect(created).toBe(true);
          await other.update(job.jobId, (now) => ({ ...now, status }));
        }
      });

      it('goes by the key before the retry', async () => {
        const [keyed] = await keep(aJob({ idempotencyKey: 'k' }), aJob({ retryOf: 'first' }));
        const answer = await store.create(aJob({ idempotencyKey: 'k', retryOf: 'first' }));
        expect(answer).toEqual({ job: keyed, created: false });
        expect(await other.findHolder({ idempotencyKey: 'k', retryOf: 'first' })).toEqual(keyed);
      });

      it('gives an open retry each key that led to it, also when it is long settled', async () => {
        const [retry] = await keep(aJob({ idempotencyKey: 'own', retryOf: 'first' }));
        expect(await store.create(aJob({ idempotencyKey: 'asked', retryOf: 'first' }))).toEqual({ job: retry, created: false });
        expect(await other.findHolder({ idempotencyKey: 'found', retryOf: 'first' })).toEqual(retry);
        const failed = await store.update(retry!.jobId, (now) => ({ ...now, status: 'failed', endsAt: Date.now() + 3_600_000 }));
        const [next] = await keep(aJob({ retryOf: 'first' }));
        for (const idempotencyKey of ['own', 'asked', 'found']) {
          expect(await store.findHolder(byKey(idempotencyKey))).toEqual(failed);
          expect(await other.findHolder({ idempotencyKey, retryOf: 'first' })).toEqual(failed);
          expect(await other.create(aJob({ idempotencyKey, retryOf: 'first' }))).toEqual({ job: failed, created: false });
        }
        expect(await store.findHolder({ idempotencyKey: null, retryOf: 'first' })).toEqual(next);
      });

      it.each(['queued', 'failed'] as const)('frees each key of a retry when it is removed while %s', async (status) => {
        const [retry] = await keep(aJob({ retryOf: 'first' }));
        await store.create(aJob({ idempotencyKey: 'asked', retryOf: 'first' }));
        await other.findHolder({ idempotencyKey: 'found', retryOf: 'first' });
        await store.update(retry!.jobId, (now) => ({ ...now, status }));
        await other.remove(retry!.jobId, () => true);
        for (const idempotencyKey of ['asked', 'found']) {
          expect(await store.findHolder(byKey(idempotencyKey))).toBeNull();
          const [again] = await keep(aJob({ idempotencyKey }));
          expect(await other.findHolder(byKey(idempotencyKey))).toEqual(again);
        }
      });

      it('answers one job to concurrent asks with one key while the retry that it leads to settles', async () => {
        for (let round = 0; round < 10; round++) {
          const [retry] = await keep(aJob({ retryOf: `first ${round}` }));
          const asked = { idempotencyKey: `k ${round}`, retryOf: `first ${round}` };
          const look = (handle: JobStore, turn: number) =>
            turn % 3 ? handle.create(aJob(asked)).then(({ job }) => job) : handle.findHolder(asked);
          const settle = () => other.update(retry!.jobId, (now) => ({ ...now, status: 'cancelled' }));
          const answers = await Promise.all(
            Array.from({ length: 20 }, (_, turn) => (turn === 2 + round ? settle() : look(turn % 2 ? store : other, turn))),
          );
          const answered = answers.filter((job, turn) => job !== null && turn !== 2 + round);
          expect(new Set(answered.map((job) => job!.jobId)).size).toBe(1);
        }
      });

      it('consumes no key that led to nothing', async () => {
        expect(await store.findHolder({ idempotencyKey: 'k', retryOf: 'first' })).toBeNull();
        expect(await store.findHolder({ idempotencyKey: null, retryOf: null })).toBeNull();
        expect(await other.create(aJob({ idempotencyKey: 'k' }))).toMatchObject({ created: true });
      });
    });

    describe('finding', () => {
      it('answers null for what is not there', async () => {
        expect(await store.find('nobody')).toBeNull();
        expect(await store.findHolder(byKey('nothing'))).toBeNull();
        expect(await store.findMany(['nobody'])).toEqual([]);
        expect(await store.findMany([])).toEqual([]);
      });

      it('finds many in the order asked, without the unknown', async () => {
        const [a, b, c] = await keep(aJob(), aJob(), aJob());
        expect(await other.findMany([c!.jobId, 'nobody', a!.jobId, b!.jobId])).toEqual([c, a, b]);
      });

      it('finds a hundred at a time', async () => {
        const jobs = await keep(...Array.from({ length: 100 }, () => aJob()));
        expect(await store.findMany(jobs.map(({ jobId }) => jobId))).toEqual(jobs);
      });
    });

    describe('updating', () => {
      it('answers and keeps what the change made of the latest record', async () => {
        const [job] = await keep(aJob());
        await other.update(job!.jobId, (now) => ({ ...now, version: 2 }));
        const changed = await store.update(job!.jobId, (now) => ({ ...now, status: 'running', version: now.version + 1 }));
        expect(changed).toEqual({ ...job, status: 'running', version: 3 });
        expect(await other.find(job!.jobId)).toEqual(changed);
      });

      it('writes nothing where the change does not apply', async () => {
        const [job] = await keep(aJob());
        expect(await store.update(job!.jobId, () => null)).toBeNull();
        expect(await other.find(job!.jobId)).toEqual(job);
      });

      it('asks nothing about an unknown job', async () => {
        expect(await store.update('nobody', nothingToChange)).toBeNull();
      });

      it('passes on what the change throws, writes nothing, and goes on', async () => {
        const [job] = await keep(aJob());
        const mistake = new Error('mistake');
        await expect(
          store.update(job!.jobId, () => {
            throw mistake;
          }),
        ).rejects.toBe(mistake);
        expect(await other.find(job!.jobId)).toEqual(job);
        expect(await store.update(job!.jobId, (now) => ({ ...now, version: 2 }))).toMatchObject({ version: 2 });
      });

      it('loses none of many concurrent changes', async () => {
        const [job] = await keep(aJob({ version: 0 }));
        await Promise.all(
          Array.from({ length: 100 }, (_, turn) =>
            (turn % 2 ? store : other).update(job!.jobId, (now) => ({ ...now, version: now.version + 1 })),
          ),
        );
        expect(await store.find(job!.jobId)).toMatchObject({ version: 100 });
      });

      it('lets one of two that want the same state win', async () => {
        const [job] = await keep(aJob());
        const taken = await Promise.all(
          Array.from({ length: 10 }, (_, turn) => (turn % 2 ? store : other).update(job!.jobId, takeOnce)),
        );
        expect(taken.filter(Boolean)).toHaveLength(1);
        expect(await store.find(job!.jobId)).toMatchObject({ fence: 1 });
      });
    });

    describe('claiming', () => {
      const asked = (preparation: string | null) => aJob({ preparation });
      const claimOnce = (job: JobRecord): JobRecord | null => {
        const taken = takeOnce(job);
        return taken && { ...taken, claim: held(someTime, job.jobId) };
      };

      it('lets one of many jobs of one preparation be worked on, whoever asks', async () => {
        const jobs = await keep(...Array.from({ length: 20 }, () => asked('p')));
        const taken = await Promise.all(jobs.map(({ jobId }, turn) => (turn % 2 ? store : other).claim(jobId, claimOnce)));
        expect(taken.filter(Boolean)).toHaveLength(1);
      });

      it('keeps preparations apart, and jobs without one', async () => {
        const jobs = await keep(asked('p'), asked('q'), asked(null), asked(null));
        const taken = await Promise.all(jobs.map(({ jobId }) => store.claim(jobId, claimOnce)));
        expect(taken.filter(Boolean)).toHaveLength(4);
      });

      it('lets the next one be claimed once the first is let go', async () => {
        const [first, second] = await keep(asked('p'), asked('p'));
        await store.claim(first!.jobId, claimOnce);
        expect(await other.claim(second!.jobId, claimOnce)).toBeNull();
        await other.update(first!.jobId, (job) => ({ ...job, status: 'queued', claim: null }));
        expect(await store.claim(second!.jobId, claimOnce)).toMatchObject({ status: 'running' });
      });

      it('goes by the preparation that the claimed job has by now', async () => {
        const [first, second, third] = await keep(asked('old'), asked('old'), asked('new'));
        await store.claim(first!.jobId, claimOnce);
        await store.update(first!.jobId, (job) => ({ ...job, preparation: 'new' }));
        expect(await other.claim(third!.jobId, claimOnce)).toBeNull();
        expect(await other.claim(second!.jobId, claimOnce)).not.toBeNull();
      });

      it('writes nothing where the change does not apply, and for an unknown job', async () => {
        const [job] = await keep(asked('p'));
        expect(await store.claim(job!.jobId, () => null)).toBeNull();
        expect(await store.claim('nobody', nothingToChange)).toBeNull();
        expect(await other.find(job!.jobId)).toEqual(job);
      });

      it('lists those in line for one preparation, in the order of their place', async () => {
        const [last, first] = await keep(aJob({ preparation: 'p', place: 9 }), aJob({ preparation: 'p', place: 3 }));
        await keep(asked('q'), asked(null), aJob({ preparation: 'p', status: 'running' }), aJob({ preparation: 'p', status: 'completed' }));
        expect(await other.listWaitingFor('p', 10)).toEqual([first, last]);
        expect(await store.listWaitingFor('p', 1)).toEqual([first]);
        await store.update(first!.jobId, takeOnce);
        expect(await other.listWaitingFor('p', 10)).toEqual([last]);
      });
    });

    describe('an object', () => {
      const object = { id: 'x', fence: 7 };
      const artifact = { ...object, fileName: 'a', size: 1, contentType: 'text/plain', sha256: '' };
      const claim = { ...held(someTime), object };

      it('is in use while a claim writes it or a completed job has it, until the last of them', async () => {
        expect(await store.isInUse(object)).toBe(false);
        const [writing] = await keep(aJob({ status: 'running', claim }));
        expect(await other.isInUse(object)).toBe(true);
        const [having] = await keep(aJob({ status: 'completed', artifact }));
        await store.update(writing!.jobId, (job) => ({ ...job, status: 'cancelled', claim: null }));
        expect(await other.isInUse(object)).toBe(true);
        await other.update(having!.jobId, (job) => ({ ...job, status: 'expired' }));
        expect(await store.isInUse(object)).toBe(false);
      });

      it('is told apart by its fence, and not kept by a record that is gone', async () => {
        const [job] = await keep(aJob({ status: 'completed', artifact }));
        expect(await store.isInUse({ id: 'x', fence: 8 })).toBe(false);
        await store.remove(job!.jobId, () => true);
        expect(await other.isInUse(object)).toBe(false);
      });
    });

    describe('the place in line', () => {
      const behind = (waiting: number) => 100 + waiting;
      const places = (answers: { job: JobRecord }[]) => answers.map(({ job }) => job.place).toSorted((a, b) => a - b);

      it('counts what the owner has in line, also of many concurrent asks', async () => {
        const answers = await Promise.all(
          Array.from({ length: 30 }, (_, turn) => (turn % 2 ? store : other).create(aJob({ userId: 'u' }), behind)),
        );
        expect(places(answers)).toEqual(Array.from({ length: 30 }, (_, n) => 100 + n));
        expect((await store.listQueued(1, null))[0]).toMatchObject({ place: 100 });
      });

      it('counts each owner apart, and everybody nameless together', async () => {
        await store.create(aJob({ userId: 'u' }), behind);
        const answers = [await other.create(aJob({ userId: 'v' }), behind), await store.create(aJob(), behind), await other.create(aJob(), behind)];
        expect(answers.map(({ job }) => job.place)).toEqual([100, 100, 101]);
      });

      it('counts only what is in line by now', async () => {
        const [begun, gone] = await keep(aJob({ userId: 'u' }), aJob({ userId: 'u' }), aJob({ userId: 'u' }));
        await store.update(begun!.jobId, takeOnce);
        await other.remove(gone!.jobId, () => true);
        expect((await store.create(aJob({ userId: 'u' }), behind)).job.place).toBe(101);
      });

      it('of a job that is there already does not change', async () => {
        await keep(aJob({ idempotencyKey: 'k', place: 5 }));
        expect((await store.create(aJob({ idempotencyKey: 'k' }), behind)).job.place).toBe(5);
      });
    });

    describe('removing', () => {
      it('deletes the record, answers it, and frees its key', async () => {
        const [job] = await keep(aJob({ idempotencyKey: 'k', retryOf: 'first', userId: 'u' }));
        expect(await other.remove(job!.jobId, () => true)).toEqual(job);
        expect(await store.find(job!.jobId)).toBeNull();
        expect(await store.findHolder(byKey('k'))).toBeNull();
        expect(await store.listQueued(10, null)).toEqual([]);
        expect(await ask()).toMatchObject({ jobs: [], total: 0 });
        expect(await store.create(aJob({ idempotencyKey: 'k', retryOf: 'first' }))).toMatchObject({ created: true });
      });

      it('leaves what the condition spares, and what is not there', async () => {
        const [job] = await keep(aJob());
        expect(await store.remove(job!.jobId, (now) => now.status === 'completed')).toBeNull();
        expect(await store.remove('nobody', () => true)).toBeNull();
        expect(await other.find(job!.jobId)).toEqual(job);
      });
    });

    describe('the history', () => {
      it('is newest first, of one user only, and counts all', async () => {
        const [old, young, middle] = await keep(
          aJob({ userId: 'u', queuedAt: 1000 }),
          aJob({ userId: 'u', queuedAt: 3000 }),
          aJob({ userId: 'u', queuedAt: 2000 }),
          aJob({ userId: 'somebody else' }),
          aJob(),
        );
        expect(await ask()).toEqual({ jobs: [young, middle, old], total: 3, next: null });
        expect(await ask({ userId: 'nobody' })).toEqual({ jobs: [], total: 0, next: null });
      });

      it('is complete and in one order over pages, though all came in the same moment and more keep coming', async () => {
        const jobs = await keep(...Array.from({ length: 25 }, () => aJob({ userId: 'u', queuedAt: 5000 })));
        const seen = await readAll(4, () => keep(aJob({ userId: 'u', queuedAt: 6000 })));
        expect(seen.map(({ jobId }) => jobId)).toEqual(jobs.map(({ jobId }) => jobId).toSorted().toReversed());
      });

      it('goes on after a row that is gone meanwhile', async () => {
        const jobs = await keep(...[4, 3, 2, 1].map((queuedAt) => aJob({ userId: 'u', queuedAt })));
        const { next } = await ask({ limit: 2 });
        await store.remove(jobs[1]!.jobId, () => true);
        expect((await ask({ limit: 2, after: next })).jobs).toEqual(jobs.slice(2));
      });

      it('says that there is no further page exactly when there is none', async () => {
        await keep(...[1, 2, 3, 4].map((queuedAt) => aJob({ userId: 'u', queuedAt })));
        const first = await ask({ limit: 2 });
        expect(first.next).not.toBeNull();
        expect(await ask({ limit: 2, after: first.next })).toMatchObject({ next: null, total: 4 });
      });

      it('can be asked for some states, as they are now', async () => {
        const jobs = await keep(...jobStatuses.map((status, queuedAt) => aJob({ userId: 'u', queuedAt, status })));
        const answer = await ask({ statuses: ['completed', 'running'], limit: 1 });
        expect(answer).toMatchObject({ jobs: [{ status: 'completed' }], total: 2 });
        expect((await ask({ statuses: ['completed', 'running'], after: answer.next })).jobs).toEqual([jobs[1]]);

        await store.update(jobs[1]!.jobId, (now) => ({ ...now, status: 'failed' }));
        expect(await ask({ statuses: ['running'] })).toMatchObject({ jobs: [], total: 0 });
        expect(await ask({ statuses: ['failed'] })).toMatchObject({ total: 2 });
      });
    });

    describe('what is to be done', () => {
      const now = someTime;

      it('lists the queued by place, page by page', async () => {
        const jobs = await keep(...Array.from({ length: 9 }, (_, n) => aJob({ place: [30, 10, 20][n % 3]! })));
        await keep(aJob({ status: 'running' }), aJob({ status: 'failed' }));
        const seen: JobRecord[] = [];
        for (let page = await store.listQueued(2, null); page.length; page = await store.listQueued(2, seen.at(-1)!)) {
          expect(page.length).toBeLessThanOrEqual(2);
          seen.push(...page);
        }
        expect(seen.map(({ place }) => place)).toEqual([10, 10, 10, 20, 20, 20, 30, 30, 30]);
        expect(ids(seen)).toEqual(ids(jobs));
      });

      it('counts what waits, by priority, and tells since when', async () => {
        const waiting = (priority: Priority, inLineSince: number | null, more: Partial<JobRecord> = {}) => {
          const job = aJob();
          return { ...job, request: { ...job.request, priority }, inLineSince, ...more };
        };
        const [taken] = await keep(
          waiting('high', now - 5000),
          waiting('high', now - 3000),
          waiting('normal', now),
          waiting('normal', now + 1, { nextAttemptAt: now + 1 }),
          waiting('low', null, { status: 'running', claim: held(now) }),
        );
        const nothing = { jobs: 0, since: null };
        expect(await other.waitingByPriority(now)).toEqual({ high: { jobs: 2, since: now - 5000 }, normal: { jobs: 1, since: now }, low: nothing });
        expect((await other.waitingByPriority(now + 1)).normal).toEqual({ jobs: 2, since: now });
        await store.update(taken!.jobId, (was) => ({ ...was, status: 'running', inLineSince: null }));
        expect((await other.waitingByPriority(now)).high).toEqual({ jobs: 1, since: now - 3000 });
        expect((await other.waitingByPriority(now - 5000)).high).toEqual(nothing);
      });

      it('lists a job as queued again when it is', async () => {
        const [job] = await keep(aJob());
        await store.update(job!.jobId, (was) => ({ ...was, status: 'running' }));
        expect(await other.listQueued(10, null)).toEqual([]);
        await store.update(job!.jobId, (was) => ({ ...was, status: 'queued' }));
        expect(await other.listQueued(10, null)).toHaveLength(1);
      });

      it('lists as lost what is claimed with a lapsed lease', async () => {
        const [lapsed, packing] = await keep(
          aJob({ status: 'running', claim: held(now - 1) }),
          aJob({ status: 'processing_artifacts', claim: held(now) }),
          aJob({ status: 'running', claim: held(now + 1) }),
          aJob(),
        );
        expect(ids(await store.listLost(now, 10))).toEqual(ids([lapsed!, packing!]));
        expect(await store.listLost(now, 1)).toHaveLength(1);

        await other.update(lapsed!.jobId, (was) => ({ ...was, claim: held(now + 30_000) }));
        await other.update(packing!.jobId, (was) => ({ ...was, status: 'failed', claim: null }));
        expect(await store.listLost(now, 10)).toEqual([]);
      });

      it('lists as overdue what is past its deadline, save what stands in line', async () => {
        const jobs = await keep(
          aJob({ status: 'running', deadlineAt: now - 1 }),
          aJob({ status: 'processing_artifacts', deadlineAt: now }),
          aJob({ nextAttemptAt: now + 1, inLineSince: now + 1, deadlineAt: now - 1 }),
        );
        await keep(
          aJob({ status: 'running', deadlineAt: now + 1 }),
          aJob({ status: 'running', deadlineAt: null }),
          aJob({ deadlineAt: now - 1 }),
          aJob({ nextAttemptAt: now, inLineSince: now, deadlineAt: now - 1 }),
          ...settledStatuses.map((status) => aJob({ status, deadlineAt: now - 1 })),
        );
        expect(ids(await store.listOverdue(now, 10))).toEqual(ids(jobs));
        expect(await store.listOverdue(now, 2)).toHaveLength(2);
      });

      it('lists as expired what is completed and past its time', async () => {
        const jobs = await keep(...[now - 1, now].map((expiresAt) => aJob({ status: 'completed', expiresAt })));
        await keep(
          aJob({ status: 'completed', expiresAt: now + 1 }),
          ...jobStatuses.filter((status) => status !== 'completed').map((status) => aJob({ status, expiresAt: now - 1 })),
        );
        expect(ids(await store.listExpired(now, 10))).toEqual(ids(jobs));
        expect(await store.listExpired(now, 1)).toHaveLength(1);
      });

      it('lists as ended what is settled and past its end', async () => {
        // A store may end records by itself, by the clock: only what is still to end can be asked for.
        const end = Date.now() + 3_600_000;
        const jobs = await keep(...settledStatuses.map((status) => aJob({ status, endsAt: end })));
        await keep(aJob({ status: 'failed', endsAt: end + 1 }), aJob({ status: 'failed', endsAt: null }), aJob());
        expect(ids(await store.listEnded(end, 10))).toEqual(ids(jobs));
        expect(await store.listEnded(end, 3)).toHaveLength(3);
      });
    });

    describe('the mean preparation', () => {
      it('is unknown before the first completed job', async () => {
        await keep(aJob(), aJob({ status: 'failed', startedAt: 1, settledAt: 9 }));
        expect(await store.meanPreparationMs()).toBeNull();
      });

      it('is of those completed, and of those that expired since', async () => {
        const [first] = await keep(prepared(1000, 5000), prepared(3000, 9000));
        await store.update(first!.jobId, (now) => ({ ...now, status: 'expired' }));
        expect(await other.meanPreparationMs()).toBe(2000);
      });

      it('follows a job to its end', async () => {
        const [job] = await keep(aJob({ status: 'processing_artifacts', startedAt: 1000 }));
        await store.update(job!.jobId, (now) => ({ ...now, status: 'completed', settledAt: 1700 }));
        expect(await store.meanPreparationMs()).toBe(700);
      });

      it('forgets all but the latest 50', async () => {
        await keep(...Array.from({ length: 10 }, (_, n) => prepared(60_000, 100_000 + n)));
        await keep(...Array.from({ length: 50 }, (_, n) => prepared(2000, 200_000 + n)));
        expect(await store.meanPreparationMs()).toBe(2000);
      });
    });

    it('checks without a trace', async () => {
      await store.check();
      expect(await other.listQueued(10, null)).toEqual([]);
    });
  });
}

import { execFileSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { advanceJob } from '../downloads/advance-job.ts';
import { StoreUnavailable } from '../downloads/errors.ts';
import type { JobRecord } from '../downloads/job-record.ts';
import { connectListening } from '../redis/connect-redis.ts';
import { aJob } from '../testing/a-job.ts';
import { aPolicy } from '../testing/a-policy.ts';
import { describeWith } from '../testing/describe-with.ts';
import { redisOfSuite, startRedis } from '../testing/start-redis.ts';
import { jobStoreContract } from './job-store.contract.ts';
import { RedisJobStore } from './redis-job-store.ts';

const hourMs = 3_600_000;
const claim = { worker: 'w', heardAt: Date.now(), leaseExpiresAt: Date.now() + 30_000, object: { id: 'x', fence: 1 } };
const artifact = { id: 'x', fence: 1, fileName: 'a', size: 1, contentType: 'text/plain', sha256: '' };

const byKey = (idempotencyKey: string) => ({ idempotencyKey, retryOf: null });

/** On a machine that is busy with other things some of many concurrent asks come too late, and are to be asked again. */
async function untilAnswered<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof StoreUnavailable)) throw error;
    }
  }
}

describeWith('redis-server', 'RedisJobStore', () => {
  const redis = redisOfSuite();
  let client: Redis;
  beforeAll(() => void (client = connectListening(redis.url)));
  afterAll(() => client.disconnect());

  jobStoreContract('RedisJobStore', async () => {
    const { prefix } = aPlace();
    return [new RedisJobStore(redis.url, prefix), new RedisJobStore(redis.url, prefix)];
  });

  const aPlace = () => {
    const prefix = `test:${crypto.randomUUID()}:`;
    const keys = async () => (await client.keys(`${prefix}*`)).map((key) => key.slice(prefix.length)).toSorted();
    return { prefix, keys };
  };

  /** Two handles on the same, empty data; `keys` are those that lie there. */
  const aStore = () => {
    const { prefix, keys } = aPlace();
    const [store, other] = [new RedisJobStore(redis.url, prefix), new RedisJobStore(redis.url, prefix)];
    onTestFinished(async () => void (await Promise.all([store.close(), other.close()])));
    return { prefix, keys, store, other };
  };

  /** What somebody else does between the reading and the writing of a change, which cannot wait for it. */
  const meanwhile = (...command: string[]) => void execFileSync('redis-cli', ['-p', String(redis.port), ...command]);

  /** How many commands of a kind Redis ran meanwhile. */
  const count = async (work: () => Promise<unknown>) => {
    const calls = async () => {
      const stats = await client.info('commandstats');
      return (name: string) => Number(new RegExp(`^cmdstat_${name}:calls=(\\d+)`, 'm').exec(stats)?.[1] ?? 0);
    };
    const before = await calls();
    await work();
    const after = await calls();
    return (name: string) => after(name) - before(name);
  };

  describe('the record', () => {
    it('lies as JSON at download:job:{jobId}', async () => {
      const store = new RedisJobStore(redis.url);
      onTestFinished(() => store.close());
      const { job } = await store.create(aJob({ userId: 'u' }), () => 7);
      expect(JSON.parse((await client.get(`download:job:${job.jobId}`))!)).toEqual({ ...job, place: 7 });
      await store.remove(job.jobId, () => true);
    });

    it('has its end as its time to live once it is settled, and its key has the same', async () => {
      const { prefix, store } = aStore();
      const { job } = await store.create(aJob({ idempotencyKey: 'k' }));
      const ends = async () => [await client.pexpiretime(`${prefix}job:${job.jobId}`), await client.pexpiretime(`${prefix}jobs:key:k`)];
      expect(await ends()).toEqual([-1, -1]);
      const endsAt = Date.now() + hourMs;
      await store.update(job.jobId, (now) => ({ ...now, status: 'completed', endsAt }));
      expect(await ends()).toEqual([endsAt, endsAt]);
      await store.update(job.jobId, (now) => ({ ...now, status: 'expired' }));
      expect(await ends()).toEqual([endsAt, endsAt]);
    });

    it('leaves nothing behind when it is removed', async () => {
      const { keys, store } = aStore();
      const all = [
        aJob({ userId: 'u', idempotencyKey: 'k', retryOf: 'r', preparation: 'p' }),
        aJob({ userId: 'u', status: 'running', claim, preparation: 'p', deadlineAt: 1 }),
        aJob({ userId: 'u', status: 'completed', artifact, startedAt: 1, settledAt: 2, endsAt: Date.now() + hourMs }),
      ];
      for (const job of all) await store.create(job);
      for (const { jobId } of all) await store.remove(jobId, () => true);
      expect(await keys()).toEqual([]);
    });

    it('leaves nothing behind when its time is over', async () => {
      const { keys, store } = aStore();
      const endsAt = Date.now() + 50;
      const [job] = [aJob({ userId: 'u', idempotencyKey: 'k', status: 'completed', artifact, startedAt: 1, settledAt: 2, endsAt })];
      await store.create(job);
      await sleep(endsAt + 2 - Date.now());
      expect(await store.find(job.jobId)).toBeNull();
      expect(await store.findHolder(byKey('k'))).toBeNull();
      expect(await store.isInUse(artifact)).toBe(false);
      expect(await store.listEnded(Date.now(), 10)).toEqual([]);
      expect(await keys()).toEqual([]);
    });

    it('has the keys that led to it with the same end, and takes them along', async () => {
      const { prefix, keys, store, other } = aStore();
      const retry = async () => {
        const { job } = await store.create(aJob({ retryOf: 'r' }));
        await store.create(aJob({ idempotencyKey: 'k', retryOf: 'r' }));
        await other.findHolder({ idempotencyKey: 'l', retryOf: 'r' });
        return job;
      };
      await other.remove((await retry()).jobId, () => true);
      expect(await keys()).toEqual([]);

      const { jobId } = await retry();
      const endsAt = Date.now() + hourMs;
      await other.update(jobId, (now) => ({ ...now, status: 'failed', endsAt }));
      const about = [`job:${jobId}`, `jobs:further:${jobId}`, 'jobs:key:k', 'jobs:key:l'];
      expect(await keys()).toEqual([...about, 'jobs:ends', 'jobs:traces'].toSorted());
      expect(await Promise.all(about.map((key) => client.pexpiretime(prefix + key)))).toEqual(about.map(() => endsAt));
      await store.update(jobId, (now) => ({ ...now, endsAt: Date.now() + 50 }));
      await sleep(52);
      expect(await store.findHolder(byKey('k'))).toBeNull();
      expect(await store.listEnded(Date.now(), 10)).toEqual([]);
      expect(await keys()).toEqual([]);
    });

    it('does not count in the history from its end on, whether or not somebody cleared up', async () => {
      const { store } = aStore();
      const endsAt = Date.now() + 50;
      for (const status of ['failed', 'cancelled'] as const) await store.create(aJob({ userId: 'u', queuedAt: 1000, status, endsAt }));
      await store.create(aJob({ userId: 'u', queuedAt: 2000 }));
      await sleep(endsAt + 2 - Date.now());
      expect(await store.history({ userId: 'u', statuses: null, limit: 1, after: null })).toMatchObject({ total: 1, next: null });
    });
  });

  describe('a record that was deleted by hand', () => {
    const deleted = async (different: Partial<JobRecord>, before = async (_place: ReturnType<typeof aStore>): Promise<unknown> => null) => {
      const place = aStore();
      const { job } = await place.store.create(aJob(different));
      await before(place);
      await client.del(`${place.prefix}job:${job.jobId}`);
      return { ...place, job };
    };

    it.each<[string, Partial<JobRecord>, (store: RedisJobStore) => Promise<unknown>]>([
      ['in line', { userId: 'u', preparation: 'p', idempotencyKey: 'k' }, (store) => store.listQueued(10, null)],
      ['in line for a preparation', { preparation: 'p', retryOf: 'r' }, (store) => store.listWaitingFor('p', 10)],
      ['in a history', { userId: 'u', status: 'failed' }, (store) => store.history({ userId: 'u', statuses: null, limit: 10, after: null })],
      ['by its key', { userId: 'u', idempotencyKey: 'k' }, (store) => store.findHolder(byKey('k'))],
      ['as an open retry', { userId: 'u', retryOf: 'r' }, (store) => store.findHolder({ idempotencyKey: null, retryOf: 'r' })],
      ['as lost', { status: 'running', claim, preparation: 'p' }, (store) => store.listLost(Date.now() + hourMs, 10)],
      ['as overdue', { status: 'running', claim, deadlineAt: 1 }, (store) => store.listOverdue(Date.now(), 10)],
      ['as expired', { status: 'completed', artifact, expiresAt: 1 }, (store) => store.listExpired(Date.now(), 10)],
      ['as the user of an object', { status: 'completed', artifact, userId: 'u' }, (store) => store.isInUse(artifact)],
    ])('is not found %s, and leaves nothing behind', async (_how, different, ask) => {
      const { keys, store } = await deleted(different);
      const answer = await ask(store);
      expect([null, false, [], { jobs: [], total: 0, next: null }]).toContainEqual(answer);
      expect(await keys()).toEqual([]);
    });

    it('leaves nothing behind after changes either', async () => {
      const { prefix, keys, store } = aStore();
      const { job } = await store.create(aJob({ userId: 'u', preparation: 'p', idempotencyKey: 'k', retryOf: 'r' }));
      await store.update(job.jobId, (now) => ({ ...now, status: 'running', claim, preparation: 'q', deadlineAt: 1 }));
      await client.del(`${prefix}job:${job.jobId}`);
      expect(await store.listLost(Date.now() + hourMs, 10)).toEqual([]);
      expect(await keys()).toEqual([]);
    });

    it('leaves no key behind that led to it', async () => {
      const { keys, store } = await deleted({ retryOf: 'r' }, (place) => place.store.findHolder({ idempotencyKey: 'k', retryOf: 'r' }));
      expect(await store.findHolder(byKey('k'))).toBeNull();
      expect(await keys()).toEqual([]);
    });

    it('makes room for others in a list that is asked for a few', async () => {
      const { prefix, store } = aStore();
      const jobs: JobRecord[] = [];
      for (let place = 1; place <= 6; place++) jobs.push((await store.create(aJob({ place }))).job);
      await client.del(jobs.slice(0, 4).map(({ jobId }) => `${prefix}job:${jobId}`));
      expect(await store.listQueued(2, null)).toEqual(jobs.slice(4));
    });

    it('holds no key, no retry and no preparation', async () => {
      const { store, other } = await deleted({ idempotencyKey: 'k', retryOf: 'r', status: 'running', claim, preparation: 'p' });
      const { job, created } = await other.create(aJob({ idempotencyKey: 'k', retryOf: 'r', preparation: 'p' }));
      expect(created).toBe(true);
      expect(await store.claim(job.jobId, (now) => ({ ...now, status: 'running', claim }))).not.toBeNull();
      expect(await store.findHolder(byKey('k'))).toMatchObject({ jobId: job.jobId });
    });

    it('is not written again by somebody who read it before', async () => {
      const { prefix, store } = aStore();
      const { job } = await store.create(aJob());
      const changed = await store.update(job.jobId, (now) => {
        meanwhile('DEL', `${prefix}job:${job.jobId}`);
        return { ...now, version: 2 };
      });
      expect(changed).toBeNull();
      expect(await store.find(job.jobId)).toBeNull();
    });
  });

  describe('of two processes', () => {
    it('lets one of completion and cancel win, whichever, and both see the same', async () => {
      const { store, other } = aStore();
      for (let round = 0; round < 50; round++) {
        const { job } = await store.create(aJob({ status: 'processing_artifacts', fence: 1, claim }));
        const now = Date.now();
        const [completed, cancelled] = await Promise.all([
          store.update(job.jobId, (is) => advanceJob(is, { type: 'completed', fence: 1, artifact }, now, aPolicy())),
          other.update(job.jobId, (is) => advanceJob(is, { type: 'cancelled' }, now, aPolicy())),
        ]);
        expect([completed, cancelled].filter(Boolean)).toHaveLength(1);
        expect(await other.find(job.jobId)).toEqual(completed ?? cancelled);
        expect(await other.isInUse(artifact)).toBe(completed !== null);
        await store.remove(job.jobId, () => true);
      }
    });

    it('lets a claim that was given up write nothing more, though the version is as it was read', async () => {
      const { prefix, store } = aStore();
      const { job } = await store.create(aJob({ status: 'running', fence: 1, claim }));
      const read: number[] = [];
      const late = await store.update(job.jobId, (is) => {
        read.push(is.fence);
        if (is.fence === 2) return null;
        meanwhile('SET', `${prefix}job:${job.jobId}`, JSON.stringify({ ...is, fence: 2 }));
        return { ...is, artifact };
      });
      expect([late, read]).toEqual([null, [1, 2]]);
      expect(await store.find(job.jobId)).toEqual({ ...job, fence: 2 });
    });

    it('makes one job of a thousand concurrent asks with one key', { timeout: 60_000 }, async () => {
      const { store, other } = aStore();
      const asks = Array.from({ length: 1000 }, (_, turn) =>
        untilAnswered(() => (turn % 2 ? store : other).create(aJob({ userId: 'u', idempotencyKey: 'k' }), (n) => n)));
      const answers = await Promise.all(asks);
      expect(new Set(answers.map(({ job }) => job.jobId)).size).toBe(1);
      expect(await store.listQueued(10, null)).toEqual([answers[0]!.job]);
    });

    it('gives many concurrent jobs of one owner a place each', { timeout: 60_000 }, async () => {
      const { store, other } = aStore();
      const asks = Array.from({ length: 400 }, (_, turn) => (turn % 2 ? store : other).create(aJob({ userId: 'u' }), (n) => 100 + n));
      const places = (await Promise.all(asks)).map(({ job }) => job.place);
      expect(places.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 400 }, (_, n) => 100 + n));
    });
  });

  describe('the way to Redis', () => {
    it('is gone once to create, find or poll, twice to change, and once to change again', async () => {
      const { store } = aStore();
      const { job } = await store.create(aJob({ userId: 'u', idempotencyKey: 'k' }), (n) => n);
      const questions = async (work: () => Promise<unknown>) => {
        const commands = await count(work);
        return commands('evalsha') + commands('eval') + commands('mget') + (commands('evalsha') ? 0 : commands('get'));
      };
      expect(await questions(() => store.create(aJob({ userId: 'u' }), (n) => n))).toBe(1);
      expect(await questions(() => store.create(aJob({ idempotencyKey: 'k' }), (n) => n))).toBe(1);
      expect(await questions(() => store.find(job.jobId))).toBe(1);
      expect(await questions(() => store.findHolder(byKey('k')))).toBe(1);
      expect(await questions(() => store.findMany(Array.from({ length: 100 }, () => job.jobId)))).toBe(1);
      expect(await questions(() => store.listQueued(10, null))).toBe(1);
      const update = await count(() => store.update(job.jobId, (now) => ({ ...now, version: 2 })));
      // The script reads as well.
      expect([update('evalsha'), update('get')]).toEqual([1, 2]);
      const another = await count(() => store.update(job.jobId, (now) => ({ ...now, version: 3 })));
      expect([another('evalsha'), another('get')]).toEqual([1, 1]);
    });

    it('is gone again where another process wrote since, whatever the change makes of what it knew', async () => {
      const { store, other } = aStore();
      const { job } = await store.create(aJob());
      await store.update(job.jobId, (now) => ({ ...now, status: 'running' }));
      await other.update(job.jobId, (now) => ({ ...now, status: 'queued', version: 7 }));
      const claimQueued = (now: JobRecord): JobRecord | null => (now.status === 'queued' ? { ...now, status: 'running' } : null);
      expect(await store.update(job.jobId, claimQueued)).toMatchObject({ status: 'running', version: 7 });
      await other.update(job.jobId, (now) => ({ ...now, version: 8 }));
      expect(await store.update(job.jobId, (now) => ({ ...now, fence: 1 }))).toMatchObject({ fence: 1, version: 8 });
      await other.remove(job.jobId, () => true);
      expect(await store.update(job.jobId, (now) => ({ ...now, fence: 2 }))).toBeNull();
      expect(await store.remove(job.jobId, () => true)).toBeNull();
    });

    it('carries a page of a long history, not the history', { timeout: 60_000 }, async () => {
      const { store } = aStore();
      for (let from = 0; from < 2000; from += 100) {
        await Promise.all(Array.from({ length: 100 }, (_, n) => store.create(aJob({ userId: 'u', queuedAt: from + n, status: 'failed' }))));
      }
      const sent = async () => Number(/^total_net_output_bytes:(\d+)/m.exec(await client.info('stats'))?.[1]);
      const before = await sent();
      const { jobs, total } = await store.history({ userId: 'u', statuses: null, limit: 10, after: { queuedAt: 1000, jobId: '' } });
      expect([jobs.length, jobs[0]?.queuedAt, total]).toEqual([10, 999, 2000]);
      expect((await sent()) - before).toBeLessThan(50_000);
    });

    it('is gone once a second, however many ask for the pace', async () => {
      const { store } = aStore();
      await store.create(aJob({ status: 'completed', startedAt: 1, settledAt: 3 }));
      const commands = await count(async () => {
        expect(await Promise.all(Array.from({ length: 100 }, () => store.meanPreparationMs()))).toEqual(Array.from({ length: 100 }, () => 2));
      });
      expect(commands('zrange')).toBeLessThan(5);
    });
  });

  describe('the dangers', () => {
    const dangersOf = async (settings: Record<string, string>) => {
      const { url } = await startRedis(settings);
      const store = new RedisJobStore(url);
      onTestFinished(() => store.close());
      return store.dangers();
    };

    it('are none with an append-only file and noeviction', async () => {
      expect(await aStore().store.dangers()).toEqual([]);
    });

    it('are that Redis forgets when it stops, and when it is full', async () => {
      expect(await dangersOf({ appendonly: 'no', 'maxmemory-policy': 'allkeys-lru' })).toEqual([
        expect.stringContaining('appendonly no'),
        expect.stringContaining('maxmemory-policy allkeys-lru'),
      ]);
    });

    it('are that it is a cluster', async () => {
      expect(await dangersOf({ 'cluster-enabled': 'yes' })).toEqual([expect.stringContaining('cluster')]);
    });

    it('are not made up where Redis does not tell', async () => {
      const { url, port } = await startRedis({ appendonly: 'no' });
      const store = new RedisJobStore(url);
      onTestFinished(() => store.close());
      expect(await store.dangers()).toHaveLength(1);
      execFileSync('redis-cli', ['-p', String(port), 'ACL', 'SETUSER', 'default', '-info']);
      expect(await store.dangers()).toEqual([]);
    });
  });
});

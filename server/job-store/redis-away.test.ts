import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate, setTimeout as sleep } from 'node:timers/promises';
import { expect, it, onTestFinished, vi } from 'vitest';
import { StoreUnavailable } from '../downloads/errors.ts';
import type { JobRecord } from '../downloads/job-record.ts';
import { aJob } from '../testing/a-job.ts';
import { describeWith } from '../testing/describe-with.ts';
import type { RedisProcess } from '../testing/redis-process.ts';
import { startRedis } from '../testing/start-redis.ts';
import { SwallowingProxy } from '../testing/swallowing-proxy.ts';
import { RedisFileNumbers } from './redis-file-numbers.ts';
import { RedisJobStore } from './redis-job-store.ts';
import { RedisPulse } from './redis-pulse.ts';

type Place = ReturnType<typeof open>;

/** All that is kept in one Redis. */
function open(url: string) {
  const parts = { store: new RedisJobStore(url), numbers: new RedisFileNumbers(url), pulse: new RedisPulse(url) };
  onTestFinished(async () => {
    for (const part of Object.values(parts)) await part.close();
  });
  return parts;
}

const byKey = (idempotencyKey: string) => ({ idempotencyKey, retryOf: null });

const reading: Record<string, (place: Place) => Promise<unknown>> = {
  find: ({ store }) => store.find('j'),
  findMany: ({ store }) => store.findMany(['j']),
  findHolder: ({ store }) => store.findHolder({ idempotencyKey: 'k', retryOf: 'j' }),
  history: ({ store }) => store.history({ userId: 'u', statuses: null, limit: 1, after: null }),
  isInUse: ({ store }) => store.isInUse({ id: 'x', fence: 1 }),
  listQueued: ({ store }) => store.listQueued(1, null),
  waitingByPriority: ({ store }) => store.waitingByPriority(0),
  listWaitingFor: ({ store }) => store.listWaitingFor('p', 1),
  listLost: ({ store }) => store.listLost(0, 1),
  listOverdue: ({ store }) => store.listOverdue(0, 1),
  listExpired: ({ store }) => store.listExpired(0, 1),
  listEnded: ({ store }) => store.listEnded(0, 1),
  meanPreparationMs: ({ store }) => store.meanPreparationMs(),
  dangers: ({ store }) => store.dangers(),
  heardSince: ({ pulse }) => pulse.heardSince(0),
};

/** Those on a job need one that is there. */
const writing: Record<string, (place: Place, job: JobRecord) => Promise<unknown>> = {
  create: ({ store }) => store.create(aJob({ idempotencyKey: 'refused' }), (waiting) => waiting),
  update: ({ store }, job) => store.update(job.jobId, (now) => ({ ...now, version: now.version + 1 })),
  claim: ({ store }, job) => store.claim(job.jobId, (now) => ({ ...now, version: now.version + 1 })),
  check: ({ store }) => store.check(),
  beat: ({ pulse }) => pulse.beat('w', 1, 1),
  assign: ({ numbers }) => numbers.assign([{ name: 'refused', wished: null }]),
};
const removing: typeof writing = {
  remove: ({ store }, job) => store.remove(job.jobId, () => true),
};

/** Two seconds; a process that is held up itself may first do what was due before. */
async function tooLate() {
  await sleep(2000);
  for (let turn = 0; turn < 3; turn++) await setImmediate();
  return 'too late';
}

/** Each is told by itself, in time, also when all are asked at once and when they are asked again. */
async function expectUnavailable(calls: typeof writing, place: Place, job: JobRecord) {
  for (let round = 1; round <= 2; round++) {
    const told = Object.entries(calls).map(async ([name, call]) => {
      const answer = call(place, job).then(() => 'no error', (error: unknown) => (error instanceof StoreUnavailable ? 'unavailable' : error));
      return { name, told: await Promise.race([answer, tooLate()]) };
    });
    expect(await Promise.all(told)).toEqual(Object.keys(calls).map((name) => ({ name, told: 'unavailable' })));
  }
}

async function expectAllToWork(place: Place, job: JobRecord) {
  for (const [name, call] of Object.entries({ ...reading, ...writing })) await expect(call(place, job), name).resolves.not.toThrow();
}

const backWithin = (ms: number, { store }: Place) => vi.waitFor(() => store.check(), { timeout: ms, interval: 100 });

/** A Redis, what is kept in it, and a job that is there. */
async function aPlace(way: (redis: RedisProcess) => Promise<string> = async ({ url }) => url) {
  const redis = await startRedis({ appendfsync: 'always', 'enable-protected-configs': 'local' });
  const place = open(await way(redis));
  const { job } = await place.store.create(aJob({ idempotencyKey: 'kept' }));
  return { redis, place, job };
}

describeWith('redis-server', 'Redis that is away', () => {
  it('is told in time by every method, and all works again by itself 2 s later', { timeout: 60_000 }, async () => {
    const { redis, place, job } = await aPlace();
    await redis.kill();
    const killedAt = performance.now();
    await expectUnavailable({ ...reading, ...writing, ...removing }, place, job);
    await sleep(Math.max(0, 2000 - (performance.now() - killedAt)));
    await redis.start();
    await backWithin(30_000, place);
    expect(await place.store.findHolder(byKey('kept'))).toMatchObject({ jobId: job.jobId });
    expect(await place.store.findHolder(byKey('refused'))).toBeNull();
    await expectAllToWork(place, job);
  });

  it('is told in time while every byte disappears, and all works again by itself', { timeout: 90_000 }, async () => {
    let proxy!: SwallowingProxy;
    const { place, job } = await aPlace(async ({ port }) => {
      proxy = await SwallowingProxy.before(port);
      onTestFinished(() => proxy.refuse());
      return `redis://127.0.0.1:${proxy.port}`;
    });
    proxy.swallow();
    await expectUnavailable({ ...reading, ...writing, ...removing }, place, job);
    await proxy.pass();
    await backWithin(30_000, place);
    // What disappeared is not said again: whoever asked for it was refused.
    expect(await place.store.findHolder(byKey('refused'))).toBeNull();
    await expectAllToWork(place, job);
  });

  it('is told in time while it is frozen, and all works again by itself', { timeout: 60_000 }, async () => {
    const { redis, place, job } = await aPlace();
    redis.freeze();
    await expectUnavailable({ ...reading, ...writing }, place, job);
    redis.thaw();
    await backWithin(30_000, place);
    await expectAllToWork(place, job);
  });

  it('is waited for at the start, but not long', { timeout: 60_000 }, async () => {
    const redis = await startRedis();
    await expect(open(redis.url).store.check()).resolves.toBeUndefined();
    await redis.kill();
    await expectUnavailable(writing, open(redis.url), aJob());
  });

  it('is told when the password is wrong, without the password', async () => {
    const redis = await startRedis({ requirepass: 'right' });
    const { store } = open(redis.url.replace('//', '//:wrong-one@'));
    const error: unknown = await store.check().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(StoreUnavailable);
    expect(String((error as Error).cause)).toContain('WRONGPASS');
    expect(JSON.stringify((error as Error).cause, Object.getOwnPropertyNames((error as Error).cause))).not.toContain('wrong-one');
  });
});

describeWith('redis-server', 'Redis that can only be read', () => {
  const say = (redis: RedisProcess, ...command: string[]) => void execFileSync('redis-cli', ['-e', '-p', String(redis.port), ...command], { stdio: 'ignore' });

  /** Lets the background save fail, after which Redis refuses writes. */
  function breakSaving(redis: RedisProcess) {
    const folder = mkdtempSync(join(tmpdir(), 'redis-dump-'));
    say(redis, 'CONFIG', 'SET', 'save', '3600 1');
    say(redis, 'CONFIG', 'SET', 'dir', folder);
    rmSync(folder, { recursive: true });
    say(redis, 'BGSAVE');
  }

  it.each<[string, (redis: RedisProcess) => void, (redis: RedisProcess) => void]>([
    ['full', (redis) => say(redis, 'CONFIG', 'SET', 'maxmemory', '1'), (redis) => say(redis, 'CONFIG', 'SET', 'maxmemory', '0')],
    ['a replica', (redis) => say(redis, 'REPLICAOF', '127.0.0.1', '1'), (redis) => say(redis, 'REPLICAOF', 'NO', 'ONE')],
    ['without its replicas', (redis) => say(redis, 'CONFIG', 'SET', 'min-replicas-to-write', '1'), (redis) => say(redis, 'CONFIG', 'SET', 'min-replicas-to-write', '0')],
    ['unable to save', breakSaving, (redis) => say(redis, 'CONFIG', 'SET', 'stop-writes-on-bgsave-error', 'no')],
  ])('is told by all that write, when it is %s, with nothing half written', { timeout: 60_000 }, async (_state, begin, end) => {
    const { redis, place, job } = await aPlace();
    begin(redis);
    await vi.waitFor(() => expect(place.store.check()).rejects.toThrow(StoreUnavailable), { timeout: 10_000 });
    await expectUnavailable(writing, place, job);
    end(redis);
    await backWithin(10_000, place);
    expect(await place.store.find(job.jobId)).toEqual(job);
    expect(await place.store.findHolder(byKey('refused'))).toBeNull();
    expect(await place.store.listQueued(10, null)).toEqual([job]);
    await expectAllToWork(place, job);
  });

  it('makes room when records are removed from a full one', async () => {
    const { redis, place, job } = await aPlace();
    say(redis, 'CONFIG', 'SET', 'maxmemory', '1');
    for (const [name, call] of Object.entries(reading)) await expect(call(place), name).resolves.not.toThrow();
    expect(await place.store.remove(job.jobId, () => true)).toEqual(job);
    expect(await place.store.listQueued(10, null)).toEqual([]);
  });
});

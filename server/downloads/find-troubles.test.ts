import { Readable } from 'node:stream';
import { expect, it } from 'vitest';
import { aJob } from '../testing/a-job.ts';
import { allOf } from '../testing/all-of.ts';
import { embeddedPorts, type EmbeddedPorts } from '../testing/embedded-ports.ts';
import { StoreUnavailable } from './errors.ts';
import { findTroubles } from './find-troubles.ts';
import type { Artifact, JobRecord } from './job-record.ts';

const now = 1_800_000_000_000;
const longAgo = now - 120_000;
const justNow = now - 1000;

async function ports(): Promise<EmbeddedPorts> {
  const embedded = await embeddedPorts({ now: () => now, policy: { heartbeatMs: 20 } });
  await embedded.pulse.beat('w', now, 4);
  return embedded;
}

const stored = async ({ jobs }: EmbeddedPorts, different: Partial<JobRecord>) => (await jobs.create(aJob({ updatedAt: now, ...different }))).job;

async function artifactOf({ objects }: EmbeddedPorts, id: string): Promise<Artifact> {
  const name = { id, fence: 1, fileName: 'a.txt' };
  const kept = await objects.write(name, 'text/plain', Readable.from([Buffer.from('hello')]), new AbortController().signal);
  return { ...name, ...kept, contentType: 'text/plain' };
}

const claimOf = (leaseExpiresAt: number, id = 'x') => ({ worker: 'w1', heardAt: leaseExpiresAt - 30_000, leaseExpiresAt, object: { id, fence: 1 } });
const kept = { expiresAt: now + 1000, endsAt: now + 2000 };
const found = async (embedded: Parameters<typeof findTroubles>[0]) => (await allOf(findTroubles(embedded))).map(({ kind, about }) => [kind, about]);

it('finds nothing where all is well', async () => {
  const embedded = await ports();
  await stored(embedded, { status: 'completed', artifact: await artifactOf(embedded, 'done'), ...kept });
  await artifactOf(embedded, 'half');
  await stored(embedded, { status: 'running', claim: claimOf(now + 20_000, 'half') });
  await stored(embedded, { status: 'expired', artifact: { ...(await artifactOf(embedded, 'gone')) }, ...kept });
  await embedded.objects.delete({ id: 'gone', fence: 1 });
  await stored(embedded, {});
  expect(await found(embedded)).toEqual([]);
});

it('finds finished jobs whose file is not in the storage, and objects that no job needs', async () => {
  const embedded = await ports();
  const artifact = await artifactOf(embedded, 'shared');
  const ids = [];
  for (let n = 0; n < 2; n++) ids.push((await stored(embedded, { status: 'completed', artifact, ...kept })).jobId);
  await embedded.objects.delete(artifact);
  await artifactOf(embedded, 'orphan');
  expect(await found(embedded)).toEqual([...ids.toSorted().map((id) => ['missing file', id]), ['orphaned object', 'orphan/1']]);
});

it('gives an attempt whose job was cancelled the time to delete what it wrote', async () => {
  const embedded = await ports();
  const half = await artifactOf(embedded, 'half');
  const { objects } = embedded;
  let looks = 0;
  const list = objects.list.bind(objects);
  Object.assign(objects, {
    async *list() {
      looks++;
      yield* list();
      if (looks === 1) await objects.delete(half);
    },
  });
  expect(await found(embedded)).toEqual([]);
  expect(looks).toBe(2);
});

it('finds what no sweep has seen to, and gives it a minute', async () => {
  const embedded = await ports();
  const artifact = await artifactOf(embedded, 'a');
  await stored(embedded, { jobId: 'dl_1', status: 'running', claim: claimOf(longAgo) });
  await stored(embedded, { status: 'running', claim: claimOf(justNow) });
  await stored(embedded, { jobId: 'dl_2', status: 'completed', artifact, expiresAt: longAgo, endsAt: now + 1 });
  await stored(embedded, { status: 'completed', artifact, expiresAt: justNow, endsAt: now + 1 });
  await stored(embedded, { jobId: 'dl_3', status: 'failed', expiresAt: longAgo, endsAt: longAgo });
  expect(await found(embedded)).toEqual([
    ['lapsed claim', 'dl_1'],
    ['overdue file', 'dl_2'],
    ['overdue record', 'dl_3'],
  ]);
});

it('finds that no worker is heard while jobs are not done', async () => {
  const embedded = await embeddedPorts({ now: () => now });
  expect(await found(embedded)).toEqual([]);
  await stored(embedded, {});
  expect(await found(embedded)).toEqual([['no worker', 'workers']]);
});

it('finds queued jobs that the queue does not know, unless they are new or share a preparation that is under way', async () => {
  const embedded = await ports();
  Object.assign(embedded.queue, { known: async () => new Set(['dl_known']) });
  await stored(embedded, { jobId: 'dl_known', updatedAt: longAgo });
  await stored(embedded, { jobId: 'dl_new', updatedAt: justNow });
  await stored(embedded, { jobId: 'dl_prepares', status: 'running', preparation: 'p', claim: claimOf(now + 20_000) });
  await stored(embedded, { jobId: 'dl_shares', preparation: 'p', updatedAt: longAgo });
  await stored(embedded, { jobId: 'dl_forgotten', updatedAt: longAgo });
  expect(await found(embedded)).toEqual([['unknown to the queue', 'dl_forgotten']]);
});

it('says what cannot be reached and why, and what endangers the records', async () => {
  const embedded = await ports();
  Object.assign(embedded.jobs, { dangers: async () => ['It forgets.'] });
  expect(await allOf(findTroubles(embedded))).toEqual([{ kind: 'endangered records', about: 'records', detail: 'It forgets.' }]);
  Object.assign(embedded.queue, { check: () => Promise.reject(new StoreUnavailable(new Error('connect ECONNREFUSED'))) });
  expect(await allOf(findTroubles(embedded))).toEqual([
    { kind: 'cannot be reached', about: 'queue', detail: 'connect ECONNREFUSED' },
  ]);
});

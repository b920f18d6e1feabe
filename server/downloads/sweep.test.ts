import { Readable } from 'node:stream';
import { expect, it } from 'vitest';
import { aJob } from '../testing/a-job.ts';
import { embeddedPorts, type EmbeddedPorts } from '../testing/embedded-ports.ts';
import type { Artifact, JobRecord } from './job-record.ts';
import { refillQueue, sweep, sweepObjects } from './sweep.ts';

const now = 1_800_000_000_000;
const claim = { worker: 'w1', heardAt: now - 60_000, leaseExpiresAt: now - 30_000, object: { id: 'dl_busy', fence: 3 } };

const ports = () => embeddedPorts({ now: () => now });
const stored = async ({ jobs }: EmbeddedPorts, different: Partial<JobRecord>) => (await jobs.create(aJob(different))).job;

async function artifactOf({ objects }: EmbeddedPorts, id: string, fence = 1): Promise<Artifact> {
  const name = { id, fence, fileName: 'a.txt' };
  const kept = await objects.write(name, 'text/plain', Readable.from([Buffer.from('hello')]), new AbortController().signal);
  return { ...name, ...kept, contentType: 'text/plain' };
}

async function objectsOf({ objects }: EmbeddedPorts): Promise<string[]> {
  const names: string[] = [];
  for await (const { id, fence } of objects.list()) names.push(`${id}/${fence}`);
  return names.toSorted();
}

it('puts the jobs of a lost worker back in line, and deletes what it had written', async () => {
  const embedded = await ports();
  await artifactOf(embedded, 'dl_busy', 3);
  const { jobId } = await stored(embedded, { status: 'running', claim, fence: 1, attempts: 1 });
  await sweep(embedded);
  expect(await objectsOf(embedded)).toEqual([]);
  expect(await embedded.jobs.find(jobId)).toMatchObject({ status: 'queued', claim: null, workerLosses: 1 });
  expect(await embedded.queue.position(jobId)).toBe(1);
});

it('leaves a claim alone that is still renewed', async () => {
  const embedded = await ports();
  const held = { ...claim, leaseExpiresAt: now + 1 };
  const { jobId } = await stored(embedded, { status: 'running', claim: held, fence: 1 });
  await sweep(embedded);
  expect(await embedded.jobs.find(jobId)).toMatchObject({ status: 'running' });
});

it('ends a job past its deadline that waits for its next attempt', async () => {
  const embedded = await ports();
  const later = now + 5000;
  const { jobId } = await stored(embedded, { status: 'queued', nextAttemptAt: later, inLineSince: later, deadlineAt: now - 1 });
  await sweep(embedded);
  expect(await embedded.jobs.find(jobId)).toMatchObject({ status: 'failed', fault: { code: 'deadline-exceeded' } });
});

it('expires what has been kept for its time, with its bytes', async () => {
  const embedded = await ports();
  const artifact = await artifactOf(embedded, 'dl_old');
  await stored(embedded, { jobId: 'dl_old', status: 'completed', artifact, expiresAt: now - 1, endsAt: now + 1 });
  await sweep(embedded);
  expect(await embedded.jobs.find('dl_old')).toMatchObject({ status: 'expired', artifact });
  expect(await objectsOf(embedded)).toEqual([]);
});

it('ends records whose history is over', async () => {
  const embedded = await ports();
  const { jobId } = await stored(embedded, { status: 'failed', endsAt: now });
  const kept = await stored(embedded, { status: 'failed', endsAt: now + 1 });
  await sweep(embedded);
  expect(await embedded.jobs.find(jobId)).toBeNull();
  expect(await embedded.jobs.find(kept.jobId)).not.toBeNull();
});

it('deletes objects that no record points to, and no other', async () => {
  const embedded = await ports();
  const published = await artifactOf(embedded, 'dl_done', 2);
  await artifactOf(embedded, 'dl_done', 1);
  await artifactOf(embedded, 'dl_gone');
  await artifactOf(embedded, 'dl_busy', 3);
  await artifactOf(embedded, 'dl_waiting', 1);
  await stored(embedded, { jobId: 'dl_done', status: 'completed', artifact: published, fence: 2 });
  await stored(embedded, { jobId: 'dl_busy', status: 'running', claim, fence: 3 });
  await stored(embedded, { jobId: 'dl_waiting', status: 'queued', fence: 1 });
  await sweepObjects(embedded);
  expect(await objectsOf(embedded)).toEqual(['dl_busy/3', 'dl_done/2']);
});

it('fills the queue with every job in line, at its place and moment', async () => {
  const embedded = await ports();
  const jobs = await Promise.all(Array.from({ length: 1201 }, (_, index) => stored(embedded, { queuedAt: now + 1201 - index })));
  await refillQueue(embedded);
  await refillQueue(embedded);
  expect(await embedded.queue.waiting()).toBe(1201);
  expect(await embedded.queue.position(jobs.at(-1)!.jobId)).toBe(1);
});

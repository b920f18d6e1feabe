import { Queue, Worker } from 'bullmq';
import { enqueue } from '../server/downloads/accept-job.ts';
import { newJob } from '../server/downloads/new-job.ts';
import { knownFiles } from '../server/downloads/known-files.ts';
import type { Ports } from '../server/downloads/ports.ts';
import { prepareDownload } from '../server/downloads/prepare-download.ts';
import { traceparentFor } from '../server/downloads/trace-parent.ts';
import { BullmqJobQueue } from '../server/job-queue/bullmq-job-queue.ts';
import { RedisJobStore } from '../server/job-store/redis-job-store.ts';
import { readConfig } from '../server/config.ts';
import { InProcessPulse } from '../server/worker/in-process-pulse.ts';
import { RedisProcess } from '../server/testing/redis-process.ts';
import { createLog } from '../server/telemetry/create-log.ts';
import { emptyFile, nothing, nowhere } from './idle-parts.ts';

const count = Number(process.argv[2] ?? 3000);
const rounds = Number(process.argv[3] ?? 3);
const concurrency = 32;

/**
 * The record and queue ports with a source and a store that do nothing, beside plain BullMQ doing as many adds and empty
 * jobs: on one Redis, in turns, so that only the ratio is to be read.
 */
const redis = new RedisProcess();
await redis.start();
const spans = { ours: [] as Spans[], theirs: [] as Spans[] };
try {
  for (let round = 0; round < rounds; round++) {
    spans.theirs.push(await plainBullmq(round));
    spans.ours.push(await thisProgram(round));
  }
} finally {
  await redis.stop();
}
report();

interface Spans {
  readonly addMs: number;
  readonly workMs: number;
}

async function plainBullmq(round: number): Promise<Spans> {
  const connection = { url: redis.url, maxRetriesPerRequest: null };
  const queue = new Queue(`plain-${round}`, { connection, defaultJobOptions: { removeOnComplete: true } });
  await queue.waitUntilReady();
  const addMs = await timed(() => atATime((turn) => queue.add('job', {}, { jobId: `plain-${turn}`, priority: 1 + turn })));
  let worker: Worker | undefined;
  const workMs = await timed(
    () =>
      new Promise<void>((resolve) => {
        let done = 0;
        worker = new Worker(`plain-${round}`, async () => void (++done === count && resolve()), { connection, concurrency });
      }),
  );
  await worker?.close();
  await queue.close();
  return { addMs, workMs };
}

async function thisProgram(round: number): Promise<Spans> {
  const { policy } = readConfig({});
  const log = createLog('error');
  const jobs = new RedisJobStore(redis.url, `bench-${round}:`);
  const queue = new BullmqJobQueue(redis.url, log, { prefix: `bench-${round}` });
  const ports: Ports = { jobs, queue, objects: nowhere, source: nothing, pulse: new InProcessPulse(), policy, log, now: Date.now, random: Math.random };
  await jobs.check();
  await queue.check();
  const addMs = await timed(() =>
    atATime(async (turn) => {
      const request = { fileIds: [turn + 1], archive: false, archiveName: null, priority: 'normal', callbackUrl: null } as const;
      const asked = { request, userId: `user ${turn % 50}`, clientRequestId: null, retryOf: null, traceparent: traceparentFor(undefined) };
      const known = knownFiles([emptyFile(turn + 1)], request);
      const { job } = await jobs.create(newJob(asked, known, Date.now(), policy), (waiting) => Date.now() + waiting);
      await enqueue(ports, job);
    }),
  );
  let done = 0;
  const { promise: allDone, resolve } = Promise.withResolvers<void>();
  const began = performance.now();
  const stop = queue.work(concurrency, async (delivery) => {
    await prepareDownload(ports, 'bench', delivery);
    if (++done === count) resolve();
  });
  await allDone;
  const workMs = performance.now() - began;
  await stop(10_000);
  await queue.close();
  await jobs.close();
  return { addMs, workMs };
}

/** All turns, some at a time, as concurrent requests come. */
async function atATime(act: (turn: number) => Promise<unknown>): Promise<void> {
  let next = 0;
  const lane = async () => {
    while (next < count) await act(next++);
  };
  await Promise.all(Array.from({ length: concurrency }, lane));
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

function report(): void {
  const ours = middle(spans.ours);
  const theirs = middle(spans.theirs);
  const all = ({ addMs, workMs }: Spans) => addMs + workMs;
  const line = (name: string, spanOf: (spans: Spans) => number) =>
    `${name}: ours ${rate(spanOf(ours))}/s, plain BullMQ ${rate(spanOf(theirs))}/s, ratio ${(spanOf(theirs) / spanOf(ours)).toFixed(2)}`;
  process.stdout.write(
    [
      `${count} jobs, ${concurrency} at a time, the middle of ${rounds} rounds:`,
      line('accepted', ({ addMs }) => addMs),
      line('worked', ({ workMs }) => workMs),
      line('both', all),
      '',
    ].join('\n'),
  );
}

/** The round whose sum is in the middle. */
function middle(all: readonly Spans[]): Spans {
  return all.toSorted((one, other) => one.addMs + one.workMs - other.addMs - other.workMs)[Math.floor(all.length / 2)]!;
}

function rate(ms: number): number {
  return Math.round((count / ms) * 1000);
}

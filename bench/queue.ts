import { Queue, Worker } from 'bullmq';
import { enqueue } from '../server/downloads/accept-job.ts';
import { advanceJob } from '../server/downloads/advance-job.ts';
import type { JobEvent } from '../server/downloads/job-event.ts';
import type { JobRecord } from '../server/downloads/job-record.ts';
import { newJob } from '../server/downloads/new-job.ts';
import { knownFiles } from '../server/downloads/known-files.ts';
import type { Policy } from '../server/downloads/policy.ts';
import type { Delivery, Ports } from '../server/downloads/ports.ts';
import { prepareDownload } from '../server/downloads/prepare-download.ts';
import { traceparentFor } from '../server/downloads/trace-parent.ts';
import { BullmqJobQueue } from '../server/job-queue/bullmq-job-queue.ts';
import { RedisJobStore } from '../server/job-store/redis-job-store.ts';
import { readConfig } from '../server/config.ts';
import { InProcessPulse } from '../server/worker/in-process-pulse.ts';
import { RedisProcess } from '../server/testing/redis-process.ts';
import { unrecordedTracing } from '../server/telemetry/unrecorded-tracing.ts';
import { createLog } from '../server/telemetry/create-log.ts';
import { emptyFile, nothing, nowhere } from './idle-parts.ts';
import { middle } from './middle.ts';

const count = Number(process.argv[2] ?? 3000);
const rounds = Number(process.argv[3] ?? 9);
const concurrency = 32;

/**
 * Plain BullMQ doing adds and empty jobs, beside the record and queue ports doing as many: alone (accepted, claimed,
 * completed), and with a whole attempt around them, whose source and store do nothing. All on one Redis, in
 * turns, so that only the ratios are to be read: each round has its own, and the middle one is told.
 */
const redis = new RedisProcess();
await redis.start();
const spans = { plain: [] as Spans[], ports: [] as Spans[], attempts: [] as Spans[] };
try {
  for (let round = 0; round < rounds; round++) {
    spans.plain.push(await plainBullmq(round));
    spans.ports.push(await thisProgram(`ports-${round}`, portsAlone));
    spans.attempts.push(await thisProgram(`attempts-${round}`, (ports, delivery) => prepareDownload(ports, 'bench', delivery)));
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

type Handle = (ports: Ports, delivery: Delivery) => Promise<void>;

/** What any use of the ports writes about a job, and no more. */
async function portsAlone({ jobs, policy }: Ports, { jobId }: Delivery): Promise<void> {
  const advance = (job: JobRecord | null, event: JobEvent) => job && advanceJob(job, event, Date.now(), policy);
  const claimed = await jobs.claim(jobId, (job) => advance(job, { type: 'claimed', worker: 'bench' }));
  const { fence, claim } = claimed!;
  const artifact = { ...claim!.object, fileName: 'a.bin', size: 0, contentType: 'application/octet-stream', sha256: '0'.repeat(64) };
  const ending: JobEvent[] = [{ type: 'fetched', fence, bytesDone: 0 }, { type: 'completed', fence, artifact }];
  await jobs.update(jobId, (job) => ending.reduce(advance, job));
}

async function thisProgram(name: string, handle: Handle): Promise<Spans> {
  const { policy } = readConfig({});
  const log = createLog('error');
  const jobs = new RedisJobStore(redis.url, `${name}:`);
  const queue = new BullmqJobQueue(redis.url, log, { prefix: name });
  const ports: Ports = { jobs, queue, objects: nowhere, source: nothing, pulse: new InProcessPulse(), policy, log, tracing: unrecordedTracing, now: Date.now, random: Math.random };
  await jobs.check();
  await queue.check();
  const asked = Array.from({ length: count }, (_, turn) => askedFor(turn, policy));
  const addMs = await timed(() =>
    atATime(async (turn) => {
      const { job } = await jobs.create(asked[turn]!, (waiting) => Date.now() + waiting);
      await enqueue(ports, job, { isNew: true });
    }),
  );
  let done = 0;
  const { promise: allDone, resolve } = Promise.withResolvers<void>();
  const began = performance.now();
  const stop = queue.work(concurrency, async (delivery) => {
    await handle(ports, delivery);
    if (++done === count) resolve();
  });
  await allDone;
  const workMs = performance.now() - began;
  await stop(10_000);
  await queue.close();
  await jobs.close();
  return { addMs, workMs };
}

/** The record of a request that was read and found right: what comes before the ports. */
function askedFor(turn: number, policy: Policy): JobRecord {
  const request = { fileIds: [turn + 1], archive: false, archiveName: null, priority: 'normal', callbackUrl: null } as const;
  const origin = { request, userId: `user ${turn % 50}`, clientRequestId: null, retryOf: null, traceparent: traceparentFor(undefined), requestId: null };
  return newJob(origin, knownFiles([emptyFile(turn + 1)], request), Date.now(), policy);
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
  const line = (name: string, ours: readonly Spans[]) => {
    const ratio = middle(ours.map((each, round) => all(spans.plain[round]!) / all(each)));
    return `${name}: ${rate(middle(ours.map(({ addMs }) => addMs)))} added/s, ${rate(middle(ours.map(({ workMs }) => workMs)))} worked/s, ratio to plain BullMQ ${ratio.toFixed(2)}`;
  };
  const lines = [
    `${count} jobs, ${concurrency} at a time, the middle of ${rounds} rounds:`,
    line('plain BullMQ', spans.plain),
    line('record and queue ports alone', spans.ports),
    line('with a whole attempt', spans.attempts),
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}

function all({ addMs, workMs }: Spans): number {
  return addMs + workMs;
}

function rate(ms: number): number {
  return Math.round((count / ms) * 1000);
}

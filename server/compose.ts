import type { RequestHandler } from 'express';
import type { Config, ObjectsConfig, RecordsConfig, SourceConfig } from './config.ts';
import type { Policy } from './downloads/policy.ts';
import type { Tracing } from './downloads/tracing.ts';
import type { PageSpans } from './http/telemetry-routes.ts';
import { programVersion } from './program-version.ts';
import { unrecordedTracing } from './telemetry/unrecorded-tracing.ts';
import type { FileNumbers, FileSource, JobQueue, JobStore, Log, ObjectStore, Ports, Pulse } from './downloads/ports.ts';

/** The ports of a running program, what belongs to its implementations, and the way to let all of it go. */
export interface Composition {
  readonly ports: Ports;
  /** Null where the object store has an address of its own. */
  readonly objectRoutes: RequestHandler | null;
  /** A look into the queue, for operators; null where nobody asked for it. */
  readonly queueBoard: RequestHandler | null;
  /** Passes on what pages tell of their spans; null where nobody wants them. */
  readonly pageSpans: PageSpans | null;
  /** What an operator is told at the start. */
  readonly description: { readonly records: string; readonly objects: string; readonly source: string };
  /** Sends the spans that are over by now, as far as that is possible in a moment. */
  flushTraces(): Promise<void>;
  /** Lets go of source, queue, objects and records, in this order. */
  close(): Promise<void>;
}

/** What is opened goes on this stack, and is closed in the opposite order. */
type Opened = AsyncDisposableStack;

/** Records and queue are chosen together: a queue in the process knows nothing of another process's records. */
interface Backbone extends Pick<Composition, 'queueBoard'> {
  readonly jobs: JobStore;
  readonly numbers: FileNumbers;
  readonly pulse: Pulse;
  readonly openQueue: () => Promise<JobQueue>;
}

interface OpenedObjects extends Pick<Composition, 'objectRoutes'> {
  readonly objects: ObjectStore;
}

type Choice<Chosen extends { name: string }, Port, More extends unknown[]> = {
  [Name in Chosen['name']]: (chosen: Extract<Chosen, { name: Name }>, ...more: More) => Promise<Port>;
};

const backbones: Choice<RecordsConfig, Backbone, [Config, Opened, Log]> = {
  async sqlite({ dataDir }, _config, opened, log) {
    const { acquireProcessLock } = await import('./job-store/process-lock.ts');
    const { SqliteJobStore } = await import('./job-store/sqlite-job-store.ts');
    const { SqliteFileNumbers } = await import('./job-store/sqlite-file-numbers.ts');
    const { InProcessJobQueue } = await import('./job-queue/in-process-job-queue.ts');
    const { InProcessPulse } = await import('./worker/in-process-pulse.ts');
    opened.adopt(await acquireProcessLock(dataDir), (lock) => lock.release());
    return {
      jobs: opened.adopt(new SqliteJobStore(dataDir, { soleProcess: true }), close),
      numbers: opened.adopt(new SqliteFileNumbers(dataDir), close),
      pulse: new InProcessPulse(),
      openQueue: async () => opened.adopt(new InProcessJobQueue(log), close),
      queueBoard: null,
    };
  },
  async 'sqlite-beside'({ dataDir }, { policy }, opened, log) {
    const { mayWorkBeside } = await import('./job-store/may-work-beside.ts');
    const { SqliteJobStore } = await import('./job-store/sqlite-job-store.ts');
    const { SqliteFileNumbers } = await import('./job-store/sqlite-file-numbers.ts');
    const { LockPulse } = await import('./job-store/lock-pulse.ts');
    const { InProcessJobQueue } = await import('./job-queue/in-process-job-queue.ts');
    mayWorkBeside(dataDir);
    return {
      jobs: opened.adopt(new SqliteJobStore(dataDir), close),
      numbers: opened.adopt(new SqliteFileNumbers(dataDir), close),
      pulse: new LockPulse(dataDir, policy.concurrency),
      // What is added here is forgotten; the sweep of the program that runs, or starts, finds it in the records.
      openQueue: async () => opened.adopt(new InProcessJobQueue(log), close),
      queueBoard: null,
    };
  },
  async redis({ url }, config, opened, log) {
    const { RedisJobStore } = await import('./job-store/redis-job-store.ts');
    const { RedisFileNumbers } = await import('./job-store/redis-file-numbers.ts');
    const { RedisPulse } = await import('./job-store/redis-pulse.ts');
    const { BullmqJobQueue } = await import('./job-queue/bullmq-job-queue.ts');
    return {
      jobs: opened.adopt(new RedisJobStore(url), close),
      numbers: opened.adopt(new RedisFileNumbers(url), close),
      pulse: opened.adopt(new RedisPulse(url), close),
      openQueue: async () => opened.adopt(new BullmqJobQueue(url, log), close),
      queueBoard: await openBoard(url, config, opened),
    };
  },
};

async function openBoard(redisUrl: string, { admin, publicUrl }: Config, opened: Opened): Promise<RequestHandler | null> {
  if (!admin) return null;
  const { createQueueBoard } = await import('./queue-board/create-queue-board.ts');
  return opened.adopt(createQueueBoard({ redisUrl, host: admin.host, publicUrl }), close).routes;
}

const objectStores: Choice<ObjectsConfig, OpenedObjects, [Policy, Opened, Log]> = {
  async embedded({ dataDir }, _policy, opened) {
    const { EmbeddedObjectStore } = await import('./object-store/embedded-object-store.ts');
    const { objectRoutes } = await import('./object-store/object-routes.ts');
    const { explainToNavigation } = await import('./http/navigation-page.ts');
    const objects = opened.adopt(await EmbeddedObjectStore.open(dataDir), close);
    return { objects, objectRoutes: objectRoutes(objects, explainToNavigation) };
  },
  async s3({ access, publicEndpoint, bucket }, { maxArtifactBytes, jobTtlMs: artifactTtlMs }, opened, log) {
    const { S3ObjectStore } = await import('./object-store/s3-object-store.ts');
    const objects = opened.adopt(await S3ObjectStore.open({ access, publicEndpoint, bucket, maxArtifactBytes, artifactTtlMs, log }), close);
    return { objects, objectRoutes: null };
  },
};

const fileSources: Choice<SourceConfig, FileSource, [FileNumbers]> = {
  async simulated(options) {
    const { SimulatedFileSource } = await import('./file-source/simulated-file-source.ts');
    return new SimulatedFileSource(options);
  },
  async directory({ root }, numbers) {
    const { DirectoryFileSource } = await import('./file-source/directory-file-source.ts');
    return DirectoryFileSource.open(root, numbers);
  },
  async s3(options, numbers) {
    const { S3FileSource } = await import('./file-source/s3-file-source.ts');
    return S3FileSource.open(options, numbers);
  },
  async http(options) {
    const { HttpFileSource } = await import('./file-source/http-file-source.ts');
    return new HttpFileSource(options);
  },
};

/** Without an address to send it to nothing is recorded, and OpenTelemetry is not even loaded. */
async function openTracing({ tracing, role }: Config, opened: Opened, log: Log): Promise<Pick<Composition, 'pageSpans'> & { tracing: Tracing; flush: () => Promise<void> }> {
  if (!tracing) return { tracing: unrecordedTracing, pageSpans: null, flush: async () => {} };
  const telemetry = await import('./telemetry/open-tracing.ts');
  return opened.adopt(telemetry.openTracing(tracing, { role, version: programVersion() }, log), close);
}

/** The only place that chooses implementations. Rejects when another process holds the data folder. */
export async function compose(config: Config, log: Log): Promise<Composition> {
  await using opened = new AsyncDisposableStack();
  // First, so that it is closed last and tells of all that the others did.
  const { tracing, pageSpans, flush } = await openTracing(config, opened, log);
  const { jobs, numbers, pulse, openQueue, queueBoard } = await choose(backbones, config.records, config, opened, log);
  const { objects, objectRoutes } = await choose(objectStores, config.objects, config.policy, opened, log);
  const queue = await openQueue();
  const source = opened.adopt(await choose(fileSources, config.source, numbers), close);
  const standsOn = opened.move();
  return {
    ports: { jobs, queue, objects, source, pulse, policy: config.policy, log, tracing, now: Date.now, random: Math.random },
    objectRoutes,
    queueBoard,
    pageSpans,
    description: { records: config.records.name, objects: config.objects.name, source: config.source.name },
    flushTraces: () => flush(),
    close: () => standsOn.disposeAsync(),
  };
}

function choose<Chosen extends { name: string }, Port, More extends unknown[]>(
  among: Choice<Chosen, Port, More>,
  chosen: Chosen,
  ...more: More
): Promise<Port> {
  const open = among[chosen.name as Chosen['name']] as (chosen: Chosen, ...more: More) => Promise<Port>;
  return open(chosen, ...more);
}

function close(part: { close(): Promise<void> }): Promise<void> {
  return part.close();
}

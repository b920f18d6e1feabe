import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { SourceFault } from '../downloads/faults.ts';
import { newJob } from '../downloads/new-job.ts';
import { nothingKnown } from '../downloads/known-files.ts';
import type { JobRecord } from '../downloads/job-record.ts';
import type { Policy } from '../downloads/policy.ts';
import type { FileSource, Ports, SourceFile } from '../downloads/ports.ts';
import { InProcessJobQueue } from '../job-queue/in-process-job-queue.ts';
import { SqliteJobStore } from '../job-store/sqlite-job-store.ts';
import { EmbeddedObjectStore } from '../object-store/embedded-object-store.ts';
import { unrecordedTracing } from '../telemetry/unrecorded-tracing.ts';
import { InProcessPulse } from '../worker/in-process-pulse.ts';
import { aPolicy } from './a-policy.ts';
import { collectedLog, type CollectedLog } from './collected-log.ts';

export interface EmbeddedPorts extends Ports {
  readonly log: CollectedLog;
  /** Where objects lie. */
  readonly dataDir: string;
  /** Stores a queued job for these file numbers. */
  accept(fileIds?: readonly number[]): Promise<JobRecord>;
}

/** What a test wants otherwise. */
export interface Different {
  /** What each number stands for; a function is asked each time. Unknown numbers do not exist. */
  readonly files?: Record<number, SourceFile | (() => SourceFile | Promise<SourceFile>)>;
  readonly policy?: Partial<Policy>;
  readonly now?: () => number;
}

/** The real embedded stores and queue in an empty folder, with a source made of the test's own files. */
export async function embeddedPorts({ files = {}, policy = {}, now = Date.now }: Different = {}): Promise<EmbeddedPorts> {
  const dataDir = await mkdtemp(join(tmpdir(), 'downloads-'));
  const jobs = new SqliteJobStore(dataDir);
  const objects = await EmbeddedObjectStore.open(dataDir);
  const queue = new InProcessJobQueue();
  onTestFinished(async () => {
    await queue.close();
    await objects.close();
    await jobs.close();
    await rm(dataDir, { recursive: true, force: true });
  });
  const rules = aPolicy(policy);
  return {
    dataDir,
    jobs,
    queue,
    objects,
    source: sourceOf(files),
    pulse: new InProcessPulse(),
    policy: rules,
    log: collectedLog(),
    tracing: unrecordedTracing,
    now,
    random: () => 0,
    async accept(fileIds = [1]) {
      const request = { fileIds, archive: fileIds.length > 1, archiveName: null, priority: 'normal', callbackUrl: null } as const;
      const traceparent = `00-${'a'.repeat(32)}-${'b'.repeat(16)}-00`;
      const asked = { request, userId: null, clientRequestId: null, retryOf: null, traceparent, requestId: 'a-request' };
      return (await jobs.create(newJob(asked, nothingKnown, now(), rules))).job;
    },
  };
}

function sourceOf(files: NonNullable<Different['files']>): FileSource {
  return {
    name: 'test',
    async find(fileId) {
      const file = files[fileId];
      if (!file) throw new SourceFault('file-not-found', 'This file no longer exists at its source.');
      return typeof file === 'function' ? file() : file;
    },
    async close() {},
  };
}

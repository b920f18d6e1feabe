import { randomUUID } from 'node:crypto';
import { placeInLine } from '../downloads/place-in-line.ts';
import type { JobRecord } from '../downloads/job-record.ts';
import { aPolicy } from './a-policy.ts';

/** When the jobs of tests were asked for, unless the test says otherwise. */
export const someTime = Date.UTC(2026, 0, 15, 12);

const hourMs = 3_600_000;

/** A record for tests: a job in line that nobody has begun, save for what the test names. */
export function aJob(overrides: Partial<JobRecord> = {}): JobRecord {
  const queuedAt = overrides.queuedAt ?? someTime;
  const request = overrides.request ?? {
    fileIds: [70_000],
    archive: false,
    archiveName: null,
    priority: 'normal',
    callbackUrl: null,
  };
  return {
    jobId: randomUUID(),
    request,
    userId: null,
    clientRequestId: null,
    idempotencyKey: null,
    retryOf: null,
    traceparent: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
    requestId: 'a-request',
    preparation: null,
    place: placeInLine({ queuedAt, priority: request.priority, waiting: 0 }, aPolicy()),
    status: 'queued',
    version: 1,
    fence: 0,
    attempts: 0,
    maxAttempts: 5,
    passingFaults: 0,
    workerLosses: 0,
    claim: null,
    fileName: null,
    files: null,
    progress: { percent: 0, bytesDone: 0, bytesTotal: null, bytesPerSecond: null, checkedShare: 0 },
    fault: null,
    artifact: null,
    queuedAt,
    startedAt: null,
    updatedAt: queuedAt,
    settledAt: null,
    nextAttemptAt: null,
    packingSince: null,
    inLineSince: queuedAt,
    deadlineAt: null,
    expiresAt: queuedAt + 24 * hourMs,
    endsAt: null,
    timeline: [],
    ...overrides,
  };
}

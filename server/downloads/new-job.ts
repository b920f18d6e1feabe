import { randomBytes } from 'node:crypto';
import type { DownloadRequest, JobRecord } from './job-record.ts';
import type { KnownFiles } from './known-files.ts';
import { placeInLine } from './place-in-line.ts';
import type { Policy } from './policy.ts';
import { withEntry } from './timeline.ts';

/** Who asks for what, and what the source said of it at once. */
export interface JobOrigin {
  readonly request: DownloadRequest;
  readonly userId: string | null;
  readonly clientRequestId: string | null;
  readonly retryOf: string | null;
  readonly traceparent: string;
  readonly requestId: string | null;
}

/** A record as it is accepted: queued, at its place in line, asked of no worker yet. */
export function newJob(
  origin: JobOrigin,
  known: KnownFiles,
  now: number,
  policy: Policy,
): JobRecord {
  const { request, userId, clientRequestId } = origin;
  return {
    ...origin,
    jobId: newJobId(),
    idempotencyKey: idempotencyKey(userId, clientRequestId),
    preparation: known.preparation,
    place: placeInLine({ queuedAt: now, priority: request.priority, waiting: 0 }, policy),
    status: 'queued',
    version: 1,
    fence: 0,
    attempts: 0,
    maxAttempts: policy.maxAttempts,
    passingFaults: 0,
    workerLosses: 0,
    claim: null,
    fileName: known.fileName,
    files: known.files,
    progress: { percent: 0, bytesDone: 0, bytesTotal: known.bytesTotal, bytesPerSecond: null, checkedShare: 0 },
    fault: null,
    artifact: null,
    queuedAt: now,
    startedAt: null,
    updatedAt: now,
    settledAt: null,
    nextAttemptAt: null,
    packingSince: null,
    inLineSince: now,
    deadlineAt: null,
    expiresAt: now + policy.jobTtlMs,
    endsAt: null,
    timeline: withEntry({ timeline: [], attempts: 0 }, now, 'asked', null),
  };
}

/** One string for scope and key; the scope is the `userId`, or everybody nameless together. Null without a key. */
export function idempotencyKey(userId: string | null, clientRequestId: string | null): string | null {
  return clientRequestId === null ? null : JSON.stringify([userId, clientRequestId]);
}

/** 128 random bits, URL-safe, and with a prefix that no literal path segment has. */
function newJobId(): string {
  return `dl_${randomBytes(16).toString('base64url')}`;
}

import type { Job } from '#shared/job.ts';
import { isSettled } from '#shared/job-status.ts';

/** The moment in which all staged pictures are taken: the clock of page and service stands still at it. */
export const stagedTime = Date.parse('2026-07-14T14:31:08.000Z');

/** A moment before (or, negative, after) the pictures were taken, as the service writes it. */
export const ago = (spanMs: number) => new Date(stagedTime - spanMs).toISOString();

export const [second, minute, hour, day] = [1000, 60_000, 3_600_000, 86_400_000];

const sha256 = `9f2c41ab${'0c3f5a7d9e1b2468'.repeat(3)}51d67be0`;

/** A job as the service tells of it; give what the picture is about. Its id is its file's number. */
export function stagedJob(fileName: string, fileId: number, size: number | null, askedMsAgo: number, change: Partial<Job> = {}): Job {
  const status = change.status ?? 'running';
  const settled = isSettled(status);
  const finished = status === 'completed' || status === 'expired';
  const completed = status === 'completed';
  const expiresAt = change.expiresAt ?? ago(askedMsAgo - day);
  return {
    jobId: `dl_${fileId}`,
    fileId,
    fileIds: [fileId],
    fileName,
    fileCount: 1,
    files: null,
    settled,
    version: 3,
    progress: { percent: 0, indeterminate: false, bytesDone: 0, bytesTotal: size, etaSeconds: null, etaHighSeconds: null },
    attempts: status === 'queued' ? 0 : 1,
    maxAttempts: 5,
    nextAttemptAt: null,
    queue: null,
    worker: null,
    timestamps: {
      queuedAt: ago(askedMsAgo),
      startedAt: status === 'queued' ? null : ago(askedMsAgo - 20 * second),
      updatedAt: ago(second),
      settledAt: settled ? ago(askedMsAgo - minute) : null,
    },
    result: {
      url: completed ? `http://localhost/v1/download/dl_${fileId}` : null,
      expiresAt: completed ? expiresAt : null,
      size: finished ? size : null,
      contentType: finished ? 'application/octet-stream' : null,
      sha256: finished ? sha256 : null,
    },
    errorCode: null,
    errorMessage: null,
    lastAttemptAt: null,
    clientRequestId: null,
    userId: 'gallery',
    priority: 'normal',
    expiresAt,
    nextPollInMs: settled ? null : 15_000,
    traceId: '4bf92f3577b34da6a3ce929d0e0e4736',
    retryOf: null,
    ...change,
    status,
  };
}

/** What a worker says of itself while it holds a job. */
export function workerHeard(heardMsAgo: number): NonNullable<Job['worker']> {
  return { name: 'prep-2', lastHeardAt: ago(heardMsAgo), leaseExpiresAt: ago(heardMsAgo - 30 * second) };
}

/** How far a job has come, with an estimate that has no great spread. */
export function halfWay(percent: number, bytesDone: number, bytesTotal: number | null, etaSeconds: number | null): Job['progress'] {
  const etaHighSeconds = etaSeconds === null ? null : Math.round(etaSeconds * 1.2);
  return { percent, indeterminate: bytesTotal === null, bytesDone, bytesTotal, etaSeconds, etaHighSeconds };
}

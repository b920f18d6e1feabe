import type { Job } from '#shared/job.ts';
import { isSettled } from '#shared/job-status.ts';
import type { Pace } from '../downloads/pace.ts';
import type { TrackedJob } from '../downloads/tracked-job.ts';

/** The moment in which the tests' jobs live. */
export const testTime = Date.parse('2026-07-14T12:31:00.000Z');
export const at = (offsetMs: number) => new Date(testTime + offsetMs).toISOString();

const sha256 = `9f2c41ab${'0'.repeat(52)}7be0`;

/** A job as the server tells of it; give only what matters. */
export function aJob(change: Partial<Job> = {}): Job {
  const status = change.status ?? 'running';
  const settled = isSettled(status);
  const finished = status === 'completed' || status === 'expired';
  return {
    jobId: 'job-1',
    fileId: 70412,
    fileIds: [70412],
    fileName: 'harbour-survey.laz',
    fileCount: 1,
    files: null,
    status,
    settled,
    version: 3,
    progress: { percent: 62, indeterminate: false, bytesDone: 1.1e9, bytesTotal: 1.8e9, etaSeconds: 40, etaHighSeconds: 50 },
    attempts: 1,
    maxAttempts: 5,
    nextAttemptAt: null,
    queue: status === 'queued' ? { position: 3, etaSeconds: 50 } : null,
    worker: null,
    timestamps: { queuedAt: at(-120_000), startedAt: at(-60_000), updatedAt: at(0), settledAt: settled ? at(0) : null },
    result: {
      url: status === 'completed' ? 'http://localhost/v1/download/job-1' : null,
      expiresAt: status === 'completed' ? at(86_400_000) : null,
      size: finished ? 1.8e9 : null,
      contentType: null,
      sha256: finished ? sha256 : null,
    },
    errorCode: status === 'failed' ? 'source-unavailable' : null,
    errorMessage: null,
    lastAttemptAt: null,
    clientRequestId: 'request-1',
    userId: 'user-1',
    priority: 'normal',
    expiresAt: at(86_400_000),
    nextPollInMs: settled ? null : 2000,
    traceId: '4bf92f3577b34da6a3ce929d0e0e4736',
    retryOf: null,
    ...change,
  };
}

/** The same, as this browser keeps it. */
export function aTracked(job: Job = aJob(), change: Partial<TrackedJob> = {}): TrackedJob {
  return {
    place: { rowId: job.jobId, askedAt: job.timestamps.queuedAt },
    asked: { fileIds: job.fileIds, fileName: job.fileName, size: null, clientRequestId: job.clientRequestId },
    job,
    lastPolled: at(0),
    pace: null,
    downloadedAt: null,
    seen: false,
    tellMe: false,
    replacedBy: null,
    ...change,
  };
}

/** An estimate that was just made: ready in 40 to 50 s. */
export function aPace(change: Partial<Pace> = {}): Pace {
  const bounds = { finishAt: testTime + 40_000, highAt: testTime + 50_000, usualUntil: testTime + 50_000 };
  return { attempt: 1, inLine: false, before: null, madeAt: testTime, beatAt: testTime, ...bounds, ...change };
}

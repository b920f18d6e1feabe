import type { Job } from '#shared/job.ts';
import { isSettled } from '#shared/job-status.ts';
import { downloadPaths } from '#shared/download-api.ts';
import { estimateRemaining } from './estimate.ts';
import type { JobRecord } from './job-record.ts';
import { nextPollMs } from './next-poll.ts';
import { traceIdOf } from './trace-parent.ts';

/** What the record does not say of itself. */
export interface Surroundings {
  /** Origin of absolute links, such as `https://downloads.example.org`. */
  readonly origin: string;
  readonly now: number;
  readonly random: number;
  /** 1 for the next to be taken; null when it is not in line. */
  readonly position: number | null;
  /** Until its turn, in ms; null when unknown. */
  readonly startsInMs: number | null;
  readonly timeline: boolean;
}

/** The job as every answer shows it (section 3 of the contract). */
export function presentJob(job: JobRecord, around: Surroundings): Job {
  const settled = isSettled(job.status);
  const estimate = estimateRemaining(job, around.now);
  const tellsFault = job.status === 'failed' || job.nextAttemptAt !== null;
  return {
    jobId: job.jobId,
    fileId: job.request.fileIds[0]!,
    fileIds: [...job.request.fileIds],
    fileName: job.fileName,
    fileCount: job.request.fileIds.length,
    files: job.files && [...job.files],
    status: job.status,
    settled,
    version: job.version,
    progress: {
      percent: job.progress.percent,
      indeterminate: job.progress.bytesTotal === null,
      bytesDone: job.progress.bytesDone,
      bytesTotal: job.progress.bytesTotal,
      etaSeconds: estimate.seconds,
      etaHighSeconds: estimate.highSeconds,
    },
    attempts: job.attempts,
    maxAttempts: job.maxAttempts,
    nextAttemptAt: momentOrNull(job.nextAttemptAt),
    queue: job.status === 'queued' ? { position: around.position, etaSeconds: inSeconds(around.startsInMs) } : null,
    worker: job.claim && {
      name: job.claim.worker,
      lastHeardAt: moment(job.claim.heardAt),
      leaseExpiresAt: moment(job.claim.leaseExpiresAt),
    },
    timestamps: {
      queuedAt: moment(job.queuedAt),
      startedAt: momentOrNull(job.startedAt),
      updatedAt: moment(job.updatedAt),
      settledAt: momentOrNull(job.settledAt),
    },
    result: presentResult(job, around.origin),
    errorCode: tellsFault && job.fault ? job.fault.code : null,
    errorMessage: tellsFault && job.fault ? job.fault.message : null,
    lastAttemptAt: tellsFault && job.fault ? moment(job.fault.at) : null,
    clientRequestId: job.clientRequestId,
    userId: job.userId,
    priority: job.request.priority,
    expiresAt: moment(job.expiresAt),
    nextPollInMs: settled ? null : nextPollMs(remainingMs(job, estimate.seconds, around), around.random),
    traceId: traceIdOf(job.traceparent),
    retryOf: job.retryOf,
    ...(around.timeline ? { timeline: [...job.timeline] } : {}),
  };
}

function presentResult({ jobId, status, artifact, expiresAt }: JobRecord, origin: string): Job['result'] {
  const ready = status === 'completed';
  return {
    url: ready ? origin + downloadPaths.download(jobId) : null,
    expiresAt: ready ? moment(expiresAt) : null,
    size: artifact?.size ?? null,
    contentType: artifact?.contentType ?? null,
    sha256: artifact?.sha256 ?? null,
  };
}

/** Until the next thing worth asking about: the turn, the next attempt, or the end. */
function remainingMs(job: JobRecord, etaSeconds: number | null, { now, startsInMs }: Surroundings): number | null {
  if (job.nextAttemptAt !== null) return Math.max(0, job.nextAttemptAt - now);
  if (job.status === 'queued') return startsInMs;
  return etaSeconds === null ? null : etaSeconds * 1000;
}

const moment = (at: number) => new Date(at).toISOString();
const momentOrNull = (at: number | null) => (at === null ? null : moment(at));
const inSeconds = (ms: number | null) => (ms === null ? null : Math.ceil(ms / 1000));

import type { JobRecord } from './job-record.ts';

/** Seconds until the job is ready, likely and at the high end; null where nothing honest can be said. */
export interface Estimate {
  readonly seconds: number | null;
  readonly highSeconds: number | null;
}

const unknown: Estimate = { seconds: null, highSeconds: null };
/** A guess from less than this is noise. */
const leastSampleMs = 1000;

/** What is left of a running job, from the bytes of this attempt: its mean pace, and the slower of mean and latest. */
export function estimateRemaining(job: JobRecord, now: number): Estimate {
  if (job.status === 'running') return estimateFetching(job);
  if (job.status === 'processing_artifacts') return estimatePacking(job, now);
  return unknown;
}

function estimateFetching({ progress, startedAt, updatedAt }: JobRecord): Estimate {
  const { bytesDone, bytesTotal, bytesPerSecond } = progress;
  const elapsedMs = startedAt === null ? 0 : updatedAt - startedAt;
  if (!bytesTotal || bytesDone === 0 || elapsedMs < leastSampleMs) return unknown;
  const left = Math.max(0, bytesTotal - bytesDone);
  const mean = (bytesDone / elapsedMs) * 1000;
  const slower = Math.max(1, Math.min(mean, bytesPerSecond ?? mean));
  return { seconds: Math.ceil(left / mean), highSeconds: Math.ceil((left / slower) * 1.25) };
}

function estimatePacking({ progress, packingSince }: JobRecord, now: number): Estimate {
  const share = progress.checkedShare;
  if (packingSince === null || share === 0) return unknown;
  const leftMs = ((now - packingSince) / share) * (1 - share);
  const seconds = Math.ceil(leftMs / 1000);
  return { seconds, highSeconds: Math.ceil(seconds * 1.25) };
}

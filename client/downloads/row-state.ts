import type { Job } from '#shared/job.ts';
import { toLocalTime, toServerTime } from '../api/server-clock.ts';
import type { Sending } from './kept-downloads.ts';
import type { TrackedJob } from './tracked-job.ts';

/** What a row shows. Finer than the job's own status: silence, retries and taken files look different. */
export type RowState = (typeof activeStates)[number] | (typeof endStates)[number];

export const activeStates = [
  'sending',
  'unsent',
  'queued',
  'running',
  'unknown-size',
  'packing',
  'retrying',
  'silent',
  'stuck',
] as const;
export const endStates = ['ready', 'downloaded', 'failed', 'cancelled', 'expired'] as const;

export const isActive = (state: RowState) => (activeStates as readonly RowState[]).includes(state);

export const silentAfterMs = 15_000;
const stuckAfterLeaseMs = 120_000;
const stuckAfterFailures = 5;

export interface Surroundings {
  now: number;
  /** Polls of this job that the service answered, but not with its state. */
  failedPolls: number;
  cancelling: boolean;
}

export function intentState(sending: Sending | undefined): RowState {
  return sending === undefined || sending.state === 'sending' ? 'sending' : 'unsent';
}

export function jobState(job: Job, tracked: TrackedJob, { now, failedPolls, cancelling }: Surroundings): RowState {
  if (cancelling) return 'cancelled';
  switch (job.status) {
    case 'completed':
      if (toLocalTime(job.expiresAt) <= now) return 'expired';
      return tracked.downloadedAt === null ? 'ready' : 'downloaded';
    case 'failed':
    case 'cancelled':
    case 'expired':
      return job.status;
    case 'queued':
      if (failedPolls >= stuckAfterFailures) return 'stuck';
      return job.nextAttemptAt === null ? 'queued' : 'retrying';
    case 'running':
    case 'processing_artifacts':
      return workingState(job, tracked, failedPolls);
  }
}

function workingState(job: Job, tracked: TrackedJob, failedPolls: number): RowState {
  if (failedPolls >= stuckAfterFailures || pastLeaseMs(job, tracked) >= stuckAfterLeaseMs) return 'stuck';
  if (job.worker && polledAt(tracked) - Date.parse(job.worker.lastHeardAt) >= silentAfterMs) return 'silent';
  if (job.status === 'processing_artifacts') return 'packing';
  return job.progress.indeterminate ? 'unknown-size' : 'running';
}

/** Silence is measured at the last answer: between two answers this page cannot know. */
function pastLeaseMs(job: Job, tracked: TrackedJob): number {
  return job.worker ? polledAt(tracked) - Date.parse(job.worker.leaseExpiresAt) : 0;
}

const polledAt = (tracked: TrackedJob) => toServerTime(Date.parse(tracked.lastPolled));

import { toLocalTime } from '../api/server-clock.ts';
import type { DownloadsSnapshot } from './kept-downloads.ts';
import type { TrackedJob } from './tracked-job.ts';

const settleMs = 1000;
const longestWaitMs = 6 * 3_600_000;

/** The jobs to ask about now: the unsettled, those not confirmed since the page was opened, and those whose file just ran out. */
export function dueJobs({ jobs, confirmed }: DownloadsSnapshot, now: number): string[] {
  return [...jobs].filter(([jobId, tracked]) => !confirmed.has(jobId) || isDue(tracked, now)).map(([jobId]) => jobId);
}

function isDue(tracked: TrackedJob, now: number): boolean {
  if (tracked.job === null || !tracked.job.settled) return true;
  const endsAt = endOfFile(tracked);
  return endsAt !== null && endsAt <= now;
}

/** How long until a finished file runs out and is asked for once more; null when none does. */
export function nextEndInMs({ jobs }: DownloadsSnapshot, now: number): number | null {
  const ends = [...jobs.values()].map(endOfFile).filter((at) => at !== null);
  return ends.length === 0 ? null : Math.min(longestWaitMs, Math.max(settleMs, Math.min(...ends) - now));
}

/** When a completed job is to be asked for once more; null when it was already, or has no file. */
function endOfFile({ job, lastPolled }: TrackedJob): number | null {
  if (job?.status !== 'completed') return null;
  const endsAt = toLocalTime(job.expiresAt) + settleMs;
  return Date.parse(lastPolled) < endsAt ? endsAt : null;
}

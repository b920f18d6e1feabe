import type { DownloadsSnapshot } from './kept-downloads.ts';

/** Whether there is anything to list. */
export function hasDownloads({ jobs, intents, hidden }: DownloadsSnapshot): boolean {
  return intents.length > 0 || [...jobs].some(([jobId, tracked]) => tracked.replacedBy === null && !hidden.has(jobId));
}

/** Whether something is still to be sent or to be heard of. */
export function hasWork({ jobs, intents }: DownloadsSnapshot): boolean {
  return intents.length > 0 || [...jobs.values()].some((tracked) => tracked.job?.settled !== true);
}

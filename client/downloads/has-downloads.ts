import type { DownloadsSnapshot } from './kept-downloads.ts';

/** Whether there is anything to list. */
export function hasDownloads({ jobs, intents, hidden }: DownloadsSnapshot): boolean {
  return intents.length > 0 || [...jobs].some(([jobId, tracked]) => tracked.replacedBy === null && !hidden.has(jobId));
}

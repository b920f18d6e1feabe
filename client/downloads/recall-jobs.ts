import type { Job } from '#shared/job.ts';
import type { KeptDownloads } from './kept-downloads.ts';
import { strangerOf } from './stranger-of.ts';

/**
 * Takes in what the server's history tells of, for as long as the page is open. What was removed here stays so, and a job that
 * another was asked for in its place gives way to it. Says whether something new came.
 */
export function recallJobs(kept: KeptDownloads, jobs: readonly Job[], now = Date.now()): boolean {
  const { jobs: known, hidden } = kept.snapshot();
  const fresh = jobs.filter(({ jobId }) => !known.has(jobId) && !hidden.has(jobId));
  const all = [...known.values()].flatMap(({ job }) => job ?? []).concat(fresh);
  const followers = new Map(all.map(({ retryOf, jobId }) => [retryOf, jobId]));
  kept.lend(fresh.map((job) => ({ ...strangerOf(job, now), replacedBy: followers.get(job.jobId) ?? null })));
  return fresh.length > 0;
}

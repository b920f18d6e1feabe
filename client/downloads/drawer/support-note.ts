import type { Job } from '#shared/job.ts';
import { failureWords, type Limits } from '../failure-words.ts';
import { jobName } from '../rows.ts';

/** Everything that helps somebody find out what happened, as text to be passed on. */
export function supportNote(job: Job, limits: Limits, page: string): string {
  const { timestamps } = job;
  const lines: [string, string | number | null][] = [
    ['File', jobName(job)],
    ['Number', job.fileIds.slice(0, 12).join(', ') + (job.fileIds.length > 12 ? ' and more' : '')],
    ['State', job.status],
    ['Reason', job.errorCode === null ? null : failureWords(job.errorCode, limits).sentence],
    ['Error code', job.errorCode],
    ['Message', job.errorMessage],
    ['Attempts', `${job.attempts} of ${job.maxAttempts}`],
    ['Asked for', timestamps.queuedAt],
    ['Last attempt', job.lastAttemptAt],
    ['Ended', timestamps.settledAt],
    ['Trace', job.traceId],
    ['Job', job.jobId],
    ['SHA-256', job.result.sha256],
    ['Page', page],
  ];
  return lines.flatMap(([name, value]) => (value === null ? [] : [`${name}: ${value}`])).join('\n');
}

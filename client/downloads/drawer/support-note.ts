import type { Job, TimelineEntry } from '#shared/job.ts';
import { failureWords, type Limits } from '../failure-words.ts';
import { jobName } from '../rows.ts';

/** Everything that helps somebody find out what happened, as text to be passed on. */
export function supportNote(job: Job, timeline: readonly TimelineEntry[], limits: Limits, page: string): string {
  const { timestamps, result } = job;
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
    ['SHA-256', result.sha256],
    ['Type', result.contentType],
    ['Bytes', result.size],
    ['Available until', result.expiresAt],
    ['Page', page],
  ];
  const facts = lines.flatMap(([name, value]) => (value === null ? [] : [`${name}: ${value}`]));
  return [...facts, ...(timeline.length > 0 ? ['What happened:'] : []), ...timeline.map(eventLine)].join('\n');
}

function eventLine({ at, event, attempt, detail }: TimelineEntry): string {
  return `  ${at} ${event}${attempt === null ? '' : ` (attempt ${attempt})`}${detail === null ? '' : `: ${detail}`}`;
}

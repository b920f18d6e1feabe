import type { TimelineEntry } from '#shared/job.ts';
import type { JobRecord } from './job-record.ts';

const mostEntries = 50;

/** The job's timeline with one more entry. When it is full the oldest go, save the first: when it was asked for. */
export function withEntry(
  job: Pick<JobRecord, 'timeline' | 'attempts'>,
  now: number,
  event: string,
  detail: string | null,
): readonly TimelineEntry[] {
  const entry = { at: new Date(now).toISOString(), event, attempt: job.attempts === 0 ? null : job.attempts, detail };
  const timeline = [...job.timeline, entry];
  return timeline.length <= mostEntries ? timeline : [timeline[0]!, ...timeline.slice(timeline.length - mostEntries + 1)];
}

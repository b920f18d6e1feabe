import type { TimelineEntry } from '#shared/job.ts';

/** A stretch of a job's life: standing in line, an attempt, or the wait between two. */
export interface TimeSpan {
  kind: 'line' | 'pause' | 'stopped' | 'under-way' | 'finished' | 'cancelled';
  attempt: number | null;
  startsAt: number;
  endsAt: number;
}

/** What an entry makes of the time after it. Other entries change nothing. */
const opens: Record<string, TimeSpan['kind'] | null> = {
  asked: 'line',
  'attempt began': 'under-way',
  'attempt failed': 'pause',
  'worker lost': 'line',
  'handed back': 'line',
  completed: null,
  failed: null,
  cancelled: null,
};

const endings: Record<string, TimeSpan['kind']> = { completed: 'finished', cancelled: 'cancelled' };

/** The job's time from being asked for to its end, or to now, without gaps. */
export function timeSpans(timeline: readonly TimelineEntry[], now: number): TimeSpan[] {
  const spans: TimeSpan[] = [];
  let open: TimeSpan | null = null;
  for (const { at, event, attempt } of timeline) {
    const kind = opens[event];
    if (kind === undefined) continue;
    const moment = Date.parse(at);
    if (open) spans.push({ ...open, kind: open.kind === 'under-way' ? (endings[event] ?? 'stopped') : open.kind, endsAt: moment });
    open = kind && { kind, attempt: kind === 'under-way' ? attempt : null, startsAt: moment, endsAt: moment };
  }
  if (open) spans.push({ ...open, endsAt: Math.max(open.startsAt, now) });
  return spans;
}

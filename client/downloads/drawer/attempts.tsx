import type { Job, TimelineEntry } from '#shared/job.ts';
import { toLocalTime, toServerTime } from '../../api/server-clock.ts';
import { formatSecond } from '../../ui/moments.ts';
import { timeSpans } from './time-spans.ts';

interface AttemptsProps {
  job: Job;
  timeline: readonly TimelineEntry[];
  now: number;
}

/** The attempts as bars on one time axis, with dots for the time in line. What is drawn is told in words below. */
export function Attempts({ job, timeline, now }: AttemptsProps) {
  const spans = timeSpans(timeline, toServerTime(now));
  const [first, last] = [spans[0], spans.at(-1)];
  if (!first || !last || job.attempts === 0) return null;
  const [from, to] = [first.startsAt, last.endsAt].map((at) => formatSecond(toLocalTime(new Date(at).toISOString())));
  return (
    <section>
      <h3 className="drawer-heading">
        Attempts
        <span>
          {job.attempts} of {job.maxAttempts}
        </span>
      </h3>
      <div className="attempt-strip" role="img" aria-label={`${counted(job.attempts)} from ${from} to ${job.settled ? to : 'now'}`}>
        {spans.map(({ kind, attempt, startsAt, endsAt }) => (
          <span key={startsAt} className={`span-${kind}`} style={{ flexGrow: Math.max(1, endsAt - startsAt) }}>
            {attempt}
          </span>
        ))}
      </div>
      <p className="attempt-axis">
        <span>{from}</span>
        <span>{job.settled ? to : 'now'}</span>
      </p>
    </section>
  );
}

const counted = (attempts: number) => (attempts === 1 ? '1 attempt' : `${attempts} attempts`);

import type { Job } from '#shared/job.ts';
import { toServerTime } from '../api/server-clock.ts';
import type { JobNews } from './kept-downloads.ts';
import { silentAfterMs } from './row-state.ts';

/** How many quarters of its way a job has behind it while it is prepared. */
export const quarterOf = ({ settled, progress }: Job) => (settled || progress.indeterminate ? 0 : Math.floor(progress.percent / 25));

/** For how long the worker of a job had not been heard when the server told of it; 0 where that is nothing unusual. */
export function silenceOf({ after, tracked }: JobNews): number {
  if (after.settled || !after.worker) return 0;
  const silentMs = toServerTime(Date.parse(tracked.lastPolled)) - Date.parse(after.worker.lastHeardAt);
  return silentMs >= silentAfterMs ? silentMs : 0;
}

/** Whether news may be worth a word: anything but plain progress. */
export function isWorthTelling(news: JobNews): boolean {
  const { before, after } = news;
  return before === null || before.status !== after.status || quarterOf(before) !== quarterOf(after) || silenceOf(news) > 0;
}

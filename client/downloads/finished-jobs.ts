import type { Job } from '#shared/job.ts';
import { isActive } from './row-state.ts';
import type { Row } from './rows.ts';

/** What "Clear finished" takes away: all that has ended, save a file that still waits to be taken. */
export function finishedJobs(rows: readonly Row[]): Job[] {
  return rows.flatMap(({ state, job }) => (job === null || state === 'ready' || isActive(state) ? [] : [job]));
}

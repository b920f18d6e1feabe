import { useQuery } from '@tanstack/react-query';
import type { Job } from '#shared/job.ts';
import { ApiError } from '../../api/api-error.ts';
import { useDownloadsSnapshot } from '../downloads-context.tsx';
import { jobRow, type Row, type RowSurroundings } from '../rows.ts';
import { strangerOf } from '../stranger-of.ts';
import { jobQuery } from '../job-query.ts';

export type DrawerRow =
  | { state: 'found'; row: Row; job: Job; mine: boolean }
  | { state: 'loading' }
  | { state: 'unknown' }
  | { state: 'unreachable'; tryAgain: () => void };

/** The job that a drawer shows: from the list, or fetched when this browser does not follow it. */
export function useDrawerRow(jobId: string, around: RowSurroundings): DrawerRow {
  const snapshot = useDownloadsSnapshot();
  const tracked = snapshot.jobs.get(jobId);
  const fetched = useQuery(jobQuery(jobId, !tracked?.job));
  if (tracked?.job) return { state: 'found', mine: true, job: tracked.job, row: jobRow(tracked.job, tracked, snapshot, around) };
  if (fetched.data) {
    const confirmed = new Set(snapshot.confirmed).add(jobId);
    const row = jobRow(fetched.data, strangerOf(fetched.data, fetched.dataUpdatedAt), { ...snapshot, confirmed }, around);
    return { state: 'found', mine: false, job: fetched.data, row };
  }
  if (fetched.error instanceof ApiError && fetched.error.status === 404) return { state: 'unknown' };
  if (fetched.error || fetched.fetchStatus === 'paused') {
    return { state: 'unreachable', tryAgain: () => void fetched.refetch() };
  }
  return { state: 'loading' };
}

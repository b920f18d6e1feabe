import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { Job, TimelineEntry } from '#shared/job.ts';
import { fetchStatus } from '../../api/downloads-api.ts';

/** What has happened to a job. Asked again when something has: progress is no event. */
export const timelineQuery = ({ jobId, status, attempts, nextAttemptAt }: Job) =>
  queryOptions({
    queryKey: ['timeline', jobId, status, attempts, nextAttemptAt],
    queryFn: async ({ signal }): Promise<TimelineEntry[]> => (await fetchStatus(jobId, signal, { timeline: true })).timeline ?? [],
    placeholderData: (before, query) => (query?.queryKey[1] === jobId ? keepPreviousData(before) : undefined),
    staleTime: Infinity,
    retry: 1,
  });

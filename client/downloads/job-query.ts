import { queryOptions } from '@tanstack/react-query';
import { fetchStatus } from '../api/downloads-api.ts';
import { isPassingError } from '../api/api-error.ts';

export const jobKey = (jobId: string) => ['job', jobId];

/** A job that is not in this browser's list, as somebody's link leads to it. */
export const jobQuery = (jobId: string, enabled: boolean) =>
  queryOptions({
    queryKey: jobKey(jobId),
    queryFn: ({ signal }) => fetchStatus(jobId, signal),
    refetchInterval: ({ state }) => state.data?.nextPollInMs ?? false,
    retry: (failures, error) => failures < 2 && isPassingError(error),
    enabled,
  });

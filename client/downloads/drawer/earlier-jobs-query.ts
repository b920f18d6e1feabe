import { queryOptions } from '@tanstack/react-query';
import type { Job } from '#shared/job.ts';
import { ApiError } from '../../api/api-error.ts';
import { fetchStatus } from '../../api/downloads-api.ts';

const mostShown = 10;

/** The settled jobs that led to this one, as far back as the server remembers. */
export const earlierJobsQuery = ({ jobId, retryOf }: Job) =>
  queryOptions({
    queryKey: ['earlier', jobId],
    queryFn: async ({ signal }) => {
      const jobs: Job[] = [];
      for (let id = retryOf; id !== null && jobs.length < mostShown; ) {
        const job = await knownJob(id, signal);
        if (!job) break;
        jobs.push(job);
        id = job.retryOf;
      }
      return jobs;
    },
    enabled: retryOf !== null,
    staleTime: Infinity,
    retry: 1,
  });

async function knownJob(jobId: string, signal: AbortSignal): Promise<Job | null> {
  try {
    return await fetchStatus(jobId, signal);
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return null;
    throw error;
  }
}

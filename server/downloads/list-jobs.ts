import type { JobStatus } from '#shared/job-status.ts';
import type { JobRecord } from './job-record.ts';
import type { Ports } from './ports.ts';

export interface JobsQuestion {
  /** Null for any. */
  readonly statuses: readonly JobStatus[] | null;
  /** Null for everybody's. */
  readonly userId: string | null;
  readonly limit: number;
}

/** The newest jobs that match, and how many match in all. For operators: without a user it looks through every record. */
export async function listJobs({ jobs }: Pick<Ports, 'jobs'>, question: JobsQuestion): Promise<{ jobs: JobRecord[]; total: number }> {
  const { statuses, userId, limit } = question;
  if (userId !== null) return jobs.history({ userId, statuses, limit, after: null });
  let newest: JobRecord[] = [];
  let total = 0;
  for await (const job of jobs.all()) {
    if (statuses && !statuses.includes(job.status)) continue;
    total++;
    newest.push(job);
    if (newest.length >= 2 * limit) newest = newestOf(newest, limit);
  }
  return { jobs: newestOf(newest, limit), total };
}

function newestOf(jobs: readonly JobRecord[], limit: number): JobRecord[] {
  return jobs.toSorted((one, other) => other.queuedAt - one.queuedAt || (one.jobId < other.jobId ? 1 : -1)).slice(0, limit);
}

import type { Job } from '#shared/job.ts';
import { cancelDownload } from '../downloads/cancel-download.ts';
import { DownloadError, JobNotFound, StoreUnavailable } from '../downloads/errors.ts';
import { expireEarly } from '../downloads/expire-early.ts';
import type { Ports } from '../downloads/ports.ts';
import { retryDownload } from '../downloads/retry-download.ts';
import type { Change } from './parse-command.ts';

/** What became of one of the jobs; `job` is the new one after a retry. */
export type Outcome =
  | { readonly jobId: string; readonly done: true; readonly what: string; readonly job: Job }
  | { readonly jobId: string; readonly done: false; readonly code: string; readonly what: string };

type Doing = (ports: Ports, jobId: string, origin: string) => Promise<{ what: string; job: Job }>;

const doings: Record<Change, Doing> = {
  async retry(ports, jobId, origin) {
    // In the trace of the job that it retries: what went wrong stands beside what came of it, and both are recorded or neither.
    const earlier = await ports.jobs.find(jobId);
    if (!earlier) throw new JobNotFound();
    const { traceparent } = earlier;
    const { job, deduplicated } = await retryDownload(ports, jobId, null, { origin, traceparent, requestId: null });
    return { what: deduplicated ? `is being retried already, as ${job.jobId}` : `retried as ${job.jobId}`, job };
  },
  async cancel(ports, jobId, origin) {
    return { what: 'cancelled', job: await cancelDownload(ports, jobId, { origin }) };
  },
  async expire(ports, jobId, origin) {
    return { what: 'expired', job: await expireEarly(ports, jobId, { origin }) };
  },
};

/** Changes the jobs one after the other; a refusal of one does not keep the others. Rejects when the records cannot be reached. */
export async function changeJobs(ports: Ports, change: Change, jobIds: readonly string[], origin: string): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const jobId of jobIds) outcomes.push(await outcomeOf(jobId, () => doings[change](ports, jobId, origin)));
  return outcomes;
}

async function outcomeOf(jobId: string, doing: () => ReturnType<Doing>): Promise<Outcome> {
  try {
    return { jobId, done: true, ...(await doing()) };
  } catch (error) {
    if (!(error instanceof DownloadError) || error instanceof StoreUnavailable) throw error;
    return { jobId, done: false, code: error.code, what: error.message };
  }
}

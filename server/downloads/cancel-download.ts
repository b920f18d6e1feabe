import type { Job } from '#shared/job.ts';
import { advanceJob } from './advance-job.ts';
import { DownloadError, JobNotFound } from './errors.ts';
import { jobFields } from './job-fields.ts';
import type { Ports } from './ports.ts';
import { showJob, type ViewPorts, type ViewWish } from './view-jobs.ts';

/** Ends the job, whatever is being done for it. Again: the same answer. Rejects with `job-settled` when it came too late. */
export async function cancelDownload(ports: ViewPorts & Pick<Ports, 'log'>, jobId: string, wish: ViewWish): Promise<Job> {
  const cancelled = await ports.jobs.update(jobId, (job) => advanceJob(job, { type: 'cancelled' }, ports.now(), ports.policy));
  const job = cancelled ?? (await ports.jobs.find(jobId));
  if (!job) throw new JobNotFound();
  const shown = await showJob(ports, job, wish);
  if (job.status !== 'cancelled') throw new DownloadError('job-settled', `Too late to cancel: the job is ${job.status}.`, { job: shown });
  // The record has decided; a queue that does not hear of it delivers a job that no worker can claim.
  await ports.queue.cancel(jobId).catch((error: unknown) => ports.log.warn({ ...jobFields(job), err: error }, 'queue did not take the cancel'));
  return shown;
}

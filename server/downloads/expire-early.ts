import { isSettled } from '#shared/job-status.ts';
import type { Job } from '#shared/job.ts';
import { DownloadError, JobNotFound } from './errors.ts';
import { expireDownload } from './expire-download.ts';
import type { Ports } from './ports.ts';
import { showJob, type ViewPorts, type ViewWish } from './view-jobs.ts';

/** Deletes a finished file before its time; its record stays for its history. Again: the same answer. Rejects when there is no file. */
export async function expireEarly(ports: ViewPorts & Pick<Ports, 'objects' | 'log'>, jobId: string, wish: ViewWish): Promise<Job> {
  const job = (await expireDownload(ports, jobId, { early: true })) ?? (await ports.jobs.find(jobId));
  if (!job) throw new JobNotFound();
  const shown = await showJob(ports, job, wish);
  if (job.status === 'expired') return shown;
  const code = isSettled(job.status) ? 'job-settled' : 'job-not-settled';
  throw new DownloadError(code, `There is no file to expire: the job is ${job.status}.`, { job: shown });
}

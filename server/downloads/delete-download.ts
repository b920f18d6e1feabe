import { isSettled } from '#shared/job-status.ts';
import { DownloadError, JobNotFound } from './errors.ts';
import type { Ports } from './ports.ts';
import { releaseObject } from './release-object.ts';
import { showJob, type ViewPorts, type ViewWish } from './view-jobs.ts';

/** Deletes a settled job, and its artifact unless other jobs share it. Rejects with `JobNotFound` or `job-not-settled`. */
export async function deleteDownload(
  ports: ViewPorts & Pick<Ports, 'objects' | 'log'>,
  jobId: string,
  wish: ViewWish,
): Promise<void> {
  // Record first: an artifact without a record is found by the sweep, a record without its artifact would be a lie.
  const removed = await ports.jobs.remove(jobId, (job) => isSettled(job.status));
  if (removed) {
    if (removed.artifact) await releaseObject(ports, removed.artifact, removed);
    return;
  }
  const job = await ports.jobs.find(jobId);
  if (!job) throw new JobNotFound();
  throw new DownloadError('job-not-settled', `The job is still ${job.status}. Cancel it first.`, { job: await showJob(ports, job, wish) });
}

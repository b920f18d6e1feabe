import type { InitiateResponse } from '#shared/download-api.ts';
import { isSettled } from '#shared/job-status.ts';
import { accept, type Asker } from './initiate-download.ts';
import { DownloadError, JobNotFound } from './errors.ts';
import type { Ports } from './ports.ts';
import { showJob } from './view-jobs.ts';

/**
 * A new job for the same request as a settled one. While such a retry is under way, that one is answered. Rejects with
 * `job-not-settled`, `JobNotFound`, or as `initiateDownload` does.
 */
export async function retryDownload(
  ports: Ports,
  jobId: string,
  clientRequestId: string | null,
  asker: Asker,
): Promise<InitiateResponse> {
  const job = await ports.jobs.find(jobId);
  if (!job) throw new JobNotFound();
  if (!isSettled(job.status)) {
    throw new DownloadError('job-not-settled', `The job is still ${job.status}. Cancel it first, or wait.`, {
      job: await showJob(ports, job, asker),
    });
  }
  const { request, userId } = job;
  return accept(ports, { request, userId, clientRequestId, retryOf: jobId, traceparent: asker.traceparent, requestId: asker.requestId }, asker);
}

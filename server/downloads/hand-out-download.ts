import type { ProblemCode } from '#shared/problem.ts';
import type { JobStatus } from '#shared/job-status.ts';
import { DownloadError, JobNotFound } from './errors.ts';
import { expireDownload } from './expire-download.ts';
import { StorageFault } from './faults.ts';
import type { JobRecord } from './job-record.ts';
import type { Ports } from './ports.ts';
import { showJob, type ViewPorts, type ViewWish } from './view-jobs.ts';

const slowestReaderBytesPerMs = 1000;
const longestLinkMs = 1_800_000;

const refusals: Record<Exclude<JobStatus, 'completed'>, readonly [ProblemCode, string]> = {
  queued: ['job-not-ready', 'The file is still in line. Ask for the status, and come back when it is completed.'],
  running: ['job-not-ready', 'The file is still being prepared. Ask for the status, and come back when it is completed.'],
  processing_artifacts: ['job-not-ready', 'The file is being packed. Come back in a moment.'],
  failed: ['job-failed', 'The file could not be prepared. Ask for it again with a retry.'],
  cancelled: ['job-cancelled', 'The job was cancelled. Nothing was kept.'],
  expired: ['job-expired', 'The file was kept for its time and has been deleted. Ask for it again with a retry.'],
};

/** A link to the finished file, signed for this click alone. Rejects with `JobNotFound`, or says why there is none. */
export async function handOutDownload(
  ports: ViewPorts & Pick<Ports, 'objects' | 'log'>,
  jobId: string,
  method: 'GET' | 'HEAD',
  wish: ViewWish,
): Promise<string> {
  const found = await ports.jobs.find(jobId);
  if (!found) throw new JobNotFound();
  const job = (await expireDownload(ports, jobId)) ?? found;
  if (job.status === 'completed' && job.artifact) {
    return ports.objects.signLink(job.artifact, { method, ttlMs: linkTtlMs(job, ports), origin: wish.origin }).catch(refuseForNow);
  }
  const [code, detail] = refusals[job.status as Exclude<JobStatus, 'completed'>];
  throw new DownloadError(code, detail, { job: await showJob(ports, job, wish) });
}

/** Nothing is wrong with the job: whoever signs is not to be reached, such as a service that hands out credentials. */
function refuseForNow(error: unknown): never {
  if (!(error instanceof StorageFault)) throw error;
  throw new DownloadError('temporarily-unavailable', 'No link can be signed just now. Try again in a moment.', { cause: error });
}

/** Long enough for a reader at 1 MB/s, at most 30 min, and never longer than the file itself is kept. */
function linkTtlMs({ artifact, expiresAt }: JobRecord, { policy, now }: Pick<Ports, 'policy' | 'now'>): number {
  const wished = Math.max(policy.linkTtlMs, artifact!.size / slowestReaderBytesPerMs);
  return Math.floor(Math.min(wished, longestLinkMs, expiresAt - now()));
}

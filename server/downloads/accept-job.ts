import type { InitiateResponse } from '#shared/download-api.ts';
import { DownloadError } from './errors.ts';
import { jobFields } from './job-fields.ts';
import type { JobRecord } from './job-record.ts';
import type { JobOrigin } from './new-job.ts';
import type { Ports } from './ports.ts';
import { during } from './tracing.ts';
import { showJob, type ViewPorts, type ViewWish } from './view-jobs.ts';

/** Asked for again although all is done: the client's clock needs some number. */
const settledPollMs = 1000;

/** Puts an accepted job in line. A queue that is away loses nothing: the sweep adds what it does not know. */
export async function enqueue(ports: Pick<Ports, 'queue' | 'log' | 'tracing'>, job: JobRecord, { isNew = false } = {}): Promise<void> {
  const entry = { jobId: job.jobId, place: job.place, notBefore: job.nextAttemptAt ?? 0, isNew };
  await during(ports.tracing.begin('enqueue'), () => ports.queue.add(entry)).catch((error: unknown) => {
    ports.log.warn({ ...jobFields(job), err: error }, 'job accepted but not queued; the sweep will add it');
  });
}

/** The answer for a request whose key is taken: the job of that key, or a refusal when it was another request. */
export async function replay(ports: ViewPorts, job: JobRecord, asked: JobOrigin, wish: ViewWish): Promise<InitiateResponse> {
  if (!isSameRequest(job, asked)) {
    throw new DownloadError('idempotency-key-reused', 'This key was used for another request. Use a new key for a new request.');
  }
  return acceptance(ports, job, true, wish);
}

export async function acceptance(
  ports: ViewPorts,
  record: JobRecord,
  deduplicated: boolean,
  wish: ViewWish,
): Promise<InitiateResponse> {
  const job = await showJob(ports, record, wish);
  const { jobId, nextPollInMs, expiresAt } = job;
  return { jobId, nextPollInMs: nextPollInMs ?? settledPollMs, expiresAt, job, deduplicated };
}

function isSameRequest(job: JobRecord, asked: JobOrigin): boolean {
  return job.retryOf === asked.retryOf && JSON.stringify(job.request) === JSON.stringify(asked.request);
}

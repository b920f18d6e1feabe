import type { InitiateResponse } from '#shared/download-api.ts';
import type { InitiateRequest } from '#shared/download-requests.ts';
import { acceptance, enqueue, replay } from './accept-job.ts';
import { describeFiles } from './describe-files.ts';
import { DownloadError } from './errors.ts';
import { jobFields } from './job-fields.ts';
import type { DownloadRequest, JobRecord } from './job-record.ts';
import { idempotencyKey, newJob, type JobOrigin } from './new-job.ts';
import { placeInLine } from './place-in-line.ts';
import type { Ports } from './ports.ts';
import type { ViewWish } from './view-jobs.ts';

export interface Asker extends ViewWish {
  readonly traceparent: string;
  /** Null for whoever asks without a request. */
  readonly requestId: string | null;
}

/**
 * Accepts a request and answers at once with its job; the same key and request gives the same job, whenever it comes.
 * Rejects with `FileNotFound`, `callback-refused` or `idempotency-key-reused`; a refused request consumes no key.
 */
export async function initiateDownload(
  ports: Ports,
  body: InitiateRequest,
  clientRequestId: string | null,
  asker: Asker,
): Promise<InitiateResponse> {
  if (body.callbackUrl !== undefined) {
    throw new DownloadError('callback-refused', 'This server sends no webhooks. Leave callbackUrl out and poll the status.');
  }
  const asked: JobOrigin = {
    request: requestOf(body),
    userId: body.userId ?? null,
    clientRequestId,
    retryOf: null,
    traceparent: asker.traceparent,
    requestId: asker.requestId,
  };
  return accept(ports, asked, asker);
}

/** Stores the job and puts it in line, or answers the one that holds its key. */
export async function accept(ports: Ports, asked: JobOrigin, wish: ViewWish): Promise<InitiateResponse> {
  // A replay must work although the file has gone since.
  const earlier = await earlierJob(ports, asked);
  if (earlier) return replay(ports, earlier, asked, wish);
  const known = await describeFiles(ports, asked.request);
  const asking = newJob(asked, known, ports.now(), ports.policy);
  const { queuedAt, request: { priority } } = asking;
  const { job, created } = await ports.jobs.create(asking, (waiting) => placeInLine({ queuedAt, priority, waiting }, ports.policy));
  if (!created) return replay(ports, job, asked, wish);
  await enqueue(ports, job, { isNew: true });
  ports.log.info({ ...jobFields(job), files: asked.request.fileIds.length }, 'job accepted');
  return acceptance(ports, job, false, wish);
}

/** The job that holds the key, else a retry of the same job that is still under way; the key is then that one's as well. */
async function earlierJob({ jobs }: Pick<Ports, 'jobs'>, { userId, clientRequestId, retryOf }: JobOrigin): Promise<JobRecord | null> {
  const key = idempotencyKey(userId, clientRequestId);
  return key === null && retryOf === null ? null : jobs.findHolder({ idempotencyKey: key, retryOf });
}

function requestOf(body: InitiateRequest): DownloadRequest {
  return {
    fileIds: body.file_ids ?? [body.file_id!],
    archive: body.file_ids !== undefined,
    archiveName: body.archiveName ?? null,
    priority: body.priority,
    callbackUrl: body.callbackUrl ?? null,
  };
}

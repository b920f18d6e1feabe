import { isSettled } from '#shared/job-status.ts';
import type { JobRecord, ObjectKey } from '../downloads/job-record.ts';

/**
 * What the database finds a job by. A column is null while its question does not concern the job, so that each index
 * holds only the rows that can be an answer.
 */
export function jobColumns(job: JobRecord) {
  const settled = isSettled(job.status);
  const queued = job.status === 'queued';
  const prepared = job.status === 'completed' || job.status === 'expired';
  return {
    job_id: job.jobId,
    record: JSON.stringify(job),
    user_id: job.userId,
    idempotency_key: job.idempotencyKey,
    queued_at: job.queuedAt,
    status: job.status,
    waiting_place: queued ? job.place : null,
    waiting_owner: queued ? ownerOf(job) : null,
    waiting_preparation: queued ? job.preparation : null,
    waiting_priority: queued ? job.request.priority : null,
    waiting_since: queued ? job.inLineSince : null,
    claimed_preparation: job.claim ? job.preparation : null,
    object_in_use: objectInUse(job),
    open_retry_of: settled ? null : job.retryOf,
    claim_ends_at: job.claim?.leaseExpiresAt ?? null,
    deadline_at: settled ? null : job.deadlineAt,
    in_line_from: queued ? (job.nextAttemptAt ?? 0) : null,
    expires_at: job.status === 'completed' ? job.expiresAt : null,
    ends_at: settled ? job.endsAt : null,
    prepared_at: prepared ? job.settledAt : null,
    preparation_ms: prepared && job.settledAt !== null && job.startedAt !== null ? job.settledAt - job.startedAt : null,
  };
}

/** Whose jobs are counted together. No `userId` is empty, so that stands for everybody nameless. */
export function ownerOf({ userId }: Pick<JobRecord, 'userId'>): string {
  return userId ?? '';
}

export function objectName({ id, fence }: ObjectKey): string {
  return `${id}/${fence}`;
}

/** What must not be deleted for this job's sake. */
function objectInUse({ claim, status, artifact }: JobRecord): string | null {
  if (claim) return objectName(claim.object);
  return status === 'completed' && artifact ? objectName(artifact) : null;
}

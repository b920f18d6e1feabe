import type { JobRecord } from '../downloads/job-record.ts';
import { traceIdOf } from '../downloads/trace-parent.ts';

export const listHeadings = ['JOB', 'STATUS', 'ASKED', 'USER', 'TRIES', 'FILE', 'NOTE'];

/** A job as one row of the list. */
export function rowOf(job: JobRecord): string[] {
  return [job.jobId, statusOf(job), moment(job.queuedAt), job.userId ?? '-', `${job.attempts}/${job.maxAttempts}`, fileOf(job), noteOf(job)];
}

/** A job as a sheet; what does not apply is left out. */
export function sheetOf(job: JobRecord): [string, string][] {
  const { request, claim, fault, artifact, progress } = job;
  const lines: [string, string | null][] = [
    ['job', job.jobId],
    ['status', statusOf(job)],
    ['file', fileOf(job)],
    ['numbers', request.fileIds.join(', ')],
    ['user', job.userId],
    ['key', job.clientRequestId],
    ['priority', request.priority],
    ['asked', moment(job.queuedAt)],
    ['place', moment(job.place)],
    ['started', momentOrNull(job.startedAt)],
    ['settled', momentOrNull(job.settledAt)],
    ['attempts', `${job.attempts} of ${job.maxAttempts}, ${job.passingFaults} passing faults, ${job.workerLosses} workers lost`],
    ['next attempt', momentOrNull(job.nextAttemptAt)],
    ['deadline', momentOrNull(job.deadlineAt)],
    ['worker', claim && `${claim.worker}, heard ${moment(claim.heardAt)}, held until ${moment(claim.leaseExpiresAt)}`],
    ['writes', claim && `${claim.object.id}/${claim.object.fence}`],
    ['bytes', progress.bytesDone === 0 ? null : `${progress.bytesDone} of ${progress.bytesTotal ?? 'an unknown number'}`],
    ['fault', fault && `${fault.code}: ${fault.message} (${moment(fault.at)})`],
    ['object', artifact && `${artifact.id}/${artifact.fence}/${artifact.fileName}`],
    ['size', artifact && `${artifact.size} bytes, ${artifact.contentType}`],
    ['sha256', artifact && artifact.sha256],
    ['expires', moment(job.expiresAt)],
    ['record ends', momentOrNull(job.endsAt)],
    ['retry of', job.retryOf],
    ['preparation', job.preparation],
    ['trace', traceIdOf(job.traceparent)],
    ['version', `${job.version}, fence ${job.fence}`],
  ];
  return lines.flatMap(([name, value]) => (value === null ? [] : [[name, value]]));
}

function statusOf({ status, progress }: JobRecord): string {
  return status === 'running' || status === 'processing_artifacts' ? `${status} ${progress.percent} %` : status;
}

function fileOf({ fileName, request }: JobRecord): string {
  const { fileIds } = request;
  return fileName ?? (fileIds.length === 1 ? String(fileIds[0]) : `${fileIds.length} files`);
}

/** What an operator wants to know of a job in this state. */
function noteOf({ status, claim, fault, nextAttemptAt, expiresAt }: JobRecord): string {
  if (claim) return claim.worker;
  if (nextAttemptAt !== null) return `again at ${moment(nextAttemptAt)}: ${fault?.message ?? ''}`;
  if (status === 'failed') return fault?.message ?? '';
  return status === 'completed' ? `until ${moment(expiresAt)}` : '';
}

function moment(at: number): string {
  return new Date(at).toISOString();
}

function momentOrNull(at: number | null): string | null {
  return at === null ? null : moment(at);
}

import { isPassing } from '#shared/fault-code.ts';
import { isSettled, packingStartsAtPercent, type SettledStatus } from '#shared/job-status.ts';
import { backoffMs } from './backoff.ts';
import { AttemptFault } from './faults.ts';
import type { JobEvent } from './job-event.ts';
import type { Fault, JobRecord, ObjectKey, Progress } from './job-record.ts';
import { objectIdOf } from './object-id.ts';
import type { Policy } from './policy.ts';
import { withEntry } from './timeline.ts';

const noProgress: Progress = { percent: 0, bytesDone: 0, bytesTotal: null, bytesPerSecond: null, checkedShare: 0 };

/**
 * The job after the event, or null where the event does not apply: a late word of a claim that was given up, a second
 * cancel, an expiry before its time. This is the only place that decides what may happen to a job.
 */
export function advanceJob(job: JobRecord, event: JobEvent, now: number, policy: Policy): JobRecord | null {
  if ('fence' in event && !(job.claim && job.fence === event.fence)) return null;
  switch (event.type) {
    case 'claimed':
      if (!isClaimable(job, now)) return null;
      return claim(job, event.worker, { id: objectIdOf(job.jobId), fence: job.fence + 1 }, now, policy);
    case 'joined':
      // A backoff spares the source, and this attempt reads there anyway.
      return job.status === 'queued' ? claim(job, event.worker, event.object, now, policy) : null;
    case 'heard':
      // A heartbeat is no change of the job: the version stays.
      return { ...job, claim: { ...job.claim!, ...lease(now, policy) } };
    case 'described':
      return {
        ...touched(job, now, policy),
        fileName: event.known.fileName,
        files: event.known.files,
        preparation: event.known.preparation,
        progress: { ...job.progress, bytesTotal: event.known.bytesTotal },
      };
    case 'progressed': {
      if (job.status !== 'running') return null;
      const { bytesDone, bytesPerSecond } = event;
      return { ...touched(job, now, policy), progress: fetching({ ...job.progress, bytesDone, bytesPerSecond }) };
    }
    case 'fetched':
      if (job.status !== 'running') return null;
      return {
        ...touched(job, now, policy),
        status: 'processing_artifacts',
        packingSince: now,
        progress: { ...job.progress, bytesDone: event.bytesDone, bytesTotal: event.bytesDone, percent: packingStartsAtPercent },
        timeline: withEntry(job, now, 'fetched', `${event.bytesDone} bytes`),
      };
    case 'checked':
      if (job.status !== 'processing_artifacts') return null;
      return { ...touched(job, now, policy), progress: checking(job.progress, event.share) };
    case 'completed':
      if (job.status !== 'processing_artifacts') return null;
      return {
        ...settle(job, 'completed', null, now, policy),
        artifact: event.artifact,
        fault: null,
        progress: { ...job.progress, percent: 100, checkedShare: 1 },
      };
    case 'faulted':
      return endAttempt(job, event.fault, event.random, now, policy);
    case 'released':
      return withoutCost(backInLine(job, now, { event: 'handed back', detail: null, since: now }));
    case 'lost':
      return lose(job, now, policy);
    case 'overdue':
      return isOverdue(job, now) ? fail(job, overdue(policy), now, policy) : null;
    case 'cancelled':
      return isSettled(job.status) ? null : settle(job, 'cancelled', null, now, policy);
    case 'expired':
      if (job.status !== 'completed') return null;
      if (event.early && job.expiresAt > now) return expire({ ...job, expiresAt: now, endsAt: now + policy.historyTtlMs }, now, 'by an operator');
      return job.expiresAt <= now ? expire(job, now) : null;
  }
}

/** Whether a worker may take the job now. */
export function isClaimable(job: JobRecord, now: number): boolean {
  return job.status === 'queued' && (job.nextAttemptAt ?? 0) <= now;
}

/** Whether the deadline has come. It waits while the job stands in line. */
function isOverdue(job: JobRecord, now: number): boolean {
  const standsInLine = job.inLineSince !== null && job.inLineSince <= now;
  return !isSettled(job.status) && job.deadlineAt !== null && job.deadlineAt <= now && !standsInLine;
}

function claim(job: JobRecord, worker: string, object: ObjectKey, now: number, policy: Policy): JobRecord {
  const waitedMs = job.inLineSince === null ? 0 : Math.max(0, now - job.inLineSince);
  const attempts = job.attempts + 1;
  return {
    ...job,
    status: 'running',
    version: job.version + 1,
    fence: job.fence + 1,
    attempts,
    claim: { worker, object, ...lease(now, policy) },
    progress: { ...noProgress, bytesTotal: job.progress.bytesTotal },
    startedAt: now,
    updatedAt: now,
    nextAttemptAt: null,
    packingSince: null,
    inLineSince: null,
    deadlineAt: job.deadlineAt === null ? now + policy.jobTimeoutMs : job.deadlineAt + waitedMs,
    timeline: withEntry({ ...job, attempts }, now, 'attempt began', worker),
  };
}

function lease(now: number, policy: Policy) {
  return { heardAt: now, leaseExpiresAt: now + policy.leaseMs };
}

/** A change by the worker that holds the job, which is also a sign of life. */
function touched(job: JobRecord, now: number, policy: Policy): JobRecord {
  return { ...job, version: job.version + 1, updatedAt: now, claim: { ...job.claim!, ...lease(now, policy) } };
}

function fetching(progress: Progress): Progress {
  const { bytesDone, bytesTotal } = progress;
  const share = bytesTotal ? Math.min(1, bytesDone / bytesTotal) : 0;
  return { ...progress, percent: Math.max(progress.percent, Math.floor(packingStartsAtPercent * share)) };
}

function checking(progress: Progress, share: number): Progress {
  const percent = packingStartsAtPercent + Math.floor((99 - packingStartsAtPercent) * Math.min(1, share));
  return { ...progress, checkedShare: share, percent: Math.max(progress.percent, percent) };
}

function endAttempt(job: JobRecord, fault: AttemptFault, random: number, now: number, policy: Policy): JobRecord {
  if (!isPassing(fault.code) || job.attempts >= job.maxAttempts) return fail(job, fault, now, policy);
  const passingFaults = job.passingFaults + 1;
  const nextAttemptAt = now + backoffMs(passingFaults, random, policy);
  const waiting = backInLine(job, now, { event: 'attempt failed', detail: fault.message, since: nextAttemptAt });
  return { ...waiting, passingFaults, nextAttemptAt, fault: asFault(fault, now) };
}

function backInLine(job: JobRecord, now: number, why: { event: string; detail: string | null; since: number }): JobRecord {
  return {
    ...job,
    status: 'queued',
    version: job.version + 1,
    claim: null,
    updatedAt: now,
    inLineSince: why.since,
    nextAttemptAt: null,
    timeline: withEntry(job, now, why.event, why.detail),
  };
}

/** Gives the cut-off attempt back. */
function withoutCost(job: JobRecord): JobRecord {
  return { ...job, maxAttempts: job.maxAttempts + 1 };
}

function lose(job: JobRecord, now: number, policy: Policy): JobRecord {
  const workerLosses = job.workerLosses + 1;
  if (workerLosses > policy.maxWorkerLosses) {
    return fail({ ...job, workerLosses }, new AttemptFault('worker-lost', 'The machine preparing it stopped.'), now, policy);
  }
  // The time since the lease ended was nobody's work: it counts as time in line.
  const since = Math.min(now, job.claim!.leaseExpiresAt);
  const waiting = backInLine(job, now, { event: 'worker lost', detail: job.claim!.worker, since });
  return withoutCost({ ...waiting, workerLosses });
}

function fail(job: JobRecord, fault: AttemptFault, now: number, policy: Policy): JobRecord {
  return { ...settle(job, 'failed', fault.message, now, policy), fault: asFault(fault, now) };
}

function settle(job: JobRecord, status: SettledStatus, detail: string | null, now: number, policy: Policy): JobRecord {
  const expiresAt = now + policy.jobTtlMs;
  return {
    ...job,
    status,
    version: job.version + 1,
    claim: null,
    updatedAt: now,
    settledAt: now,
    nextAttemptAt: null,
    inLineSince: null,
    expiresAt,
    endsAt: expiresAt + policy.historyTtlMs,
    timeline: withEntry(job, now, status, detail),
  };
}

/** The artifact's name goes with its bytes; size, type and hash stay in the record. */
function expire(job: JobRecord, now: number, detail: string | null = null): JobRecord {
  return { ...job, status: 'expired', version: job.version + 1, updatedAt: now, timeline: withEntry(job, now, 'expired', detail) };
}

function overdue(policy: Policy): AttemptFault {
  const minutes = Math.max(1, Math.round(policy.jobTimeoutMs / 60_000));
  return new AttemptFault('deadline-exceeded', `It took longer than the ${minutes} min allowed.`);
}

function asFault({ code, message }: AttemptFault, at: number): Fault {
  return { code, message, at };
}

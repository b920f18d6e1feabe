import { enqueue } from './accept-job.ts';
import { advanceJob, isClaimable } from './advance-job.ts';
import { AttemptClaims, gatherEveryMs } from './attempt-claims.ts';
import { levelOf, StoreUnavailable } from './errors.ts';
import { AttemptFault } from './faults.ts';
import { ClaimLost } from './held-claim.ts';
import { jobFields } from './job-fields.ts';
import type { JobRecord } from './job-record.ts';
import type { Delivery, Ports } from './ports.ts';
import { releaseObject } from './release-object.ts';
import { runAttempt } from './run-attempt.ts';
import { tellFailures } from './tell-failures.ts';
import type { CarriedSpan } from './tracing.ts';

export type PreparePorts = Pick<Ports, 'jobs' | 'queue' | 'objects' | 'source' | 'policy' | 'now' | 'random' | 'log' | 'tracing'>;

/** A job that was left to another attempt is delivered again after that, in case it was not taken along. */
const comeAgainMs = 2 * gatherEveryMs;

/**
 * Takes a delivered job, if it may still be taken, and brings this attempt to its end, for all jobs that share it. A job
 * whose preparation is under way elsewhere is left to that attempt, which takes it along. Never rejects.
 */
export async function prepareDownload(ports: PreparePorts, worker: string, delivery: Delivery): Promise<void> {
  const { jobId } = delivery;
  let known: object = { jobId };
  try {
    const job = await ports.jobs.claim(jobId, (current) => advanceJob(current, { type: 'claimed', worker }, ports.now(), ports.policy));
    if (job) known = jobFields(job);
    if (job) await attempt(ports, worker, job, delivery);
    else await comeAgain(ports, jobId);
  } catch (error) {
    // The record could not be written. The lease lapses, and the sweep takes the job up again.
    ports.log[levelOf(error)]({ ...known, err: error }, 'attempt left without a word');
  }
}

/** A job that is still in line was refused because its preparation is under way elsewhere. */
async function comeAgain({ jobs, queue, now }: PreparePorts, jobId: string): Promise<void> {
  const job = await jobs.find(jobId);
  if (job && isClaimable(job, now())) await queue.add({ jobId, place: job.place, notBefore: now() + comeAgainMs });
}

async function attempt(ports: PreparePorts, worker: string, job: JobRecord, delivery: Delivery): Promise<void> {
  const span = ports.tracing.resume('attempt', job.traceparent, { 'job.id': job.jobId, 'job.attempt': job.attempts });
  // Made outside of the span: what is said every second to keep the claims is no part of it.
  using claims = new AttemptClaims(ports, worker, job, span);
  try {
    await span.run(() => carryOut(ports, claims, span, delivery));
  } finally {
    span.end();
  }
}

async function carryOut(ports: PreparePorts, claims: AttemptClaims, span: CarriedSpan, delivery: Delivery): Promise<void> {
  const job = claims.first;
  const log = jobFields(job);
  ports.log.info(log, 'attempt began');
  // Others may share the attempt, so a cancel ends nothing by itself: the record is asked.
  onAbort(delivery.cancelled, () => void claims.ask(job.jobId));
  try {
    const { artifact, jobs } = await runAttempt(ports, claims, AbortSignal.any([claims.signal, delivery.signal]));
    span.tell({ 'attempt.outcome': 'completed', 'job.bytes': artifact.size, 'job.served': jobs.length });
    ports.log.info({ ...log, size: artifact.size, ms: ports.now() - job.startedAt!, jobs: jobs.length }, 'job completed');
    return;
  } catch (error) {
    const after = await endBadly(ports, claims, span, error, delivery.signal.aborted);
    if (after.length === 0) ports.log.info(log, 'attempt ended: nobody waits for it');
  }
  await releaseObject(ports, claims.object, job);
}

function onAbort(signal: AbortSignal, act: () => void): void {
  if (signal.aborted) act();
  else signal.addEventListener('abort', act, { once: true });
}

/** Tells what became of it to those who still wait, and puts those in line that are to be tried again. Answers their records. */
async function endBadly(
  ports: PreparePorts,
  claims: AttemptClaims,
  span: CarriedSpan,
  error: unknown,
  stopped: boolean,
): Promise<JobRecord[]> {
  // A stop in order, records that were away for a moment, or nobody left: nothing was wrong with the jobs, and it costs them nothing.
  const noFault = stopped || claims.signal.aborted || error instanceof StoreUnavailable || error instanceof ClaimLost;
  const fault = noFault ? null : faultOf(ports, claims.first, error);
  const after = await claims.end(fault ? { type: 'faulted', fault, random: ports.random() } : { type: 'released' });
  span.tell({ 'attempt.outcome': after.length === 0 ? 'nobody waits' : fault ? 'failed' : 'handed back' });
  if (fault) span.end(fault);
  for (const job of after) {
    ports.log.info({ ...jobFields(job), status: job.status }, noFault ? 'attempt handed back' : 'attempt failed');
    if (job.status === 'queued') await enqueue(ports, job);
  }
  tellFailures(ports.log, after, error);
  return after;
}

function faultOf({ log }: PreparePorts, job: JobRecord, error: unknown): AttemptFault {
  if (error instanceof AttemptFault) {
    log.warn({ ...jobFields(job), errorCode: error.code, reason: error.message }, 'attempt met a fault');
    return error;
  }
  log.error({ ...jobFields(job), errorCode: 'internal', err: error }, 'attempt met a fault that nobody foresaw');
  return new AttemptFault('internal', 'Something went wrong on our side.');
}

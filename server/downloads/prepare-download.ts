import { enqueue } from './accept-job.ts';
import { advanceJob } from './advance-job.ts';
import { StoreUnavailable } from './errors.ts';
import { AttemptFault } from './faults.ts';
import { ClaimLost, HeldClaim } from './held-claim.ts';
import type { JobRecord } from './job-record.ts';
import type { Delivery, Ports } from './ports.ts';
import { runAttempt } from './run-attempt.ts';

export type PreparePorts = Pick<Ports, 'jobs' | 'queue' | 'objects' | 'source' | 'policy' | 'now' | 'random' | 'log'>;

/** Takes a delivered job, if it may still be taken, and brings this attempt to its end. Never rejects. */
export async function prepareDownload(ports: PreparePorts, worker: string, { jobId, signal }: Delivery): Promise<void> {
  try {
    const job = await ports.jobs.update(jobId, (current) => advanceJob(current, { type: 'claimed', worker }, ports.now(), ports.policy));
    if (job) await attempt(ports, job, signal);
  } catch (error) {
    // The record could not be written. The lease lapses, and the sweep takes the job up again.
    ports.log.error({ jobId, err: error }, 'attempt left without a word');
  }
}

async function attempt(ports: PreparePorts, job: JobRecord, delivery: AbortSignal): Promise<void> {
  const log = { jobId: job.jobId, attempt: job.attempts, traceId: job.traceparent.slice(3, 35) };
  using claim = new HeldClaim(ports, job);
  ports.log.info(log, 'attempt began');
  try {
    const artifact = await runAttempt(ports, claim, AbortSignal.any([claim.signal, delivery]));
    ports.log.info({ ...log, size: artifact.size, ms: ports.now() - job.startedAt! }, 'job completed');
  } catch (error) {
    if (claim.signal.aborted || error instanceof ClaimLost) return ports.log.info(log, 'attempt ended: the claim is gone');
    const noFault = delivery.aborted || error instanceof StoreUnavailable;
    const after = await (noFault ? handBack(ports, claim) : tellFault(ports, claim, error));
    if (after?.status === 'queued') await enqueue(ports, after);
  }
}

/** Nothing was wrong with the job: a stop in order, or records that were away for a moment. The attempt costs nothing. */
async function handBack(ports: PreparePorts, claim: HeldClaim): Promise<JobRecord | null> {
  const job = await claim.tell({ type: 'released' }).catch(ignoreLost);
  if (job) ports.log.info({ jobId: job.jobId, attempt: job.attempts }, 'attempt handed back');
  return job;
}

async function tellFault(ports: PreparePorts, claim: HeldClaim, error: unknown): Promise<JobRecord | null> {
  const log = { jobId: claim.job.jobId, attempt: claim.job.attempts };
  const fault = error instanceof AttemptFault ? error : new AttemptFault('internal', 'Something went wrong on our side.');
  const job = await claim.tell({ type: 'faulted', fault, random: ports.random() }).catch(ignoreLost);
  if (fault === error) ports.log.warn({ ...log, code: fault.code, reason: fault.message, status: job?.status }, 'attempt failed');
  else ports.log.error({ ...log, err: error }, 'attempt failed for a reason nobody foresaw');
  return job;
}

function ignoreLost(error: unknown): null {
  if (error instanceof ClaimLost) return null;
  throw error;
}

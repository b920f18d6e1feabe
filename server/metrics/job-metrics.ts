import { Counter, Histogram, type Registry } from 'prom-client';
import { faultCodes, type FaultCode } from '#shared/fault-code.ts';
import { isSettled, priorities, settledStatuses } from '#shared/job-status.ts';
import type { JobRecord } from '../downloads/job-record.ts';
import type { JobStore } from '../downloads/ports.ts';
import { overriding } from './overriding.ts';

type Change = (job: JobRecord) => JobRecord | null;

/**
 * Counts what becomes of jobs, where it is written: whoever makes the write that applies counts it, so over all processes
 * each is counted once.
 */
export function jobMetrics(registry: Registry): (jobs: JobStore) => JobStore {
  const count = counters(registry);
  const watched = (write: (jobId: string, change: Change) => Promise<JobRecord | null>) => async (jobId: string, change: Change) => {
    let was: JobRecord | undefined;
    const is = await write(jobId, (job) => change((was = job)));
    if (is && was) count.changed(was, is);
    return is;
  };
  return (jobs) =>
    overriding(jobs, {
      async create(...asked) {
        const answer = await jobs.create(...asked);
        if (answer.created) count.accepted(answer.job);
        return answer;
      },
      update: watched((jobId, change) => jobs.update(jobId, change)),
      claim: watched((jobId, change) => jobs.claim(jobId, change)),
    });
}

/** How an attempt can end. The last are no fault of the job and cost it no attempt. */
type Ending = 'completed' | 'failed' | 'cancelled' | 'lost' | 'handed_back';

function counters(registry: Registry) {
  const registers = [registry];
  const accepted = new Counter({ name: 'delineate_jobs_accepted_total', help: 'Jobs accepted, by priority.', labelNames: ['priority'], registers });
  const settled = new Counter({
    name: 'delineate_jobs_settled_total',
    help: 'Jobs that reached an end, by which. A completed one counts again as expired when its file is deleted.',
    labelNames: ['outcome'],
    registers,
  });
  const attempts = new Counter({
    name: 'delineate_attempts_ended_total',
    help: 'Attempts that ended, by how, and by error code where they failed. Jobs that share an attempt count one each.',
    labelNames: ['outcome', 'error_code'],
    registers,
  });
  const preparation = new Histogram({
    name: 'delineate_preparation_duration_seconds',
    help: 'From the start of the attempt that completed a job to its end.',
    buckets: [0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600, 1800, 3600],
    registers,
  });
  // What never happened is 0 rather than missing: a rate over nothing is nothing.
  for (const priority of priorities) accepted.inc({ priority }, 0);
  for (const outcome of settledStatuses) settled.inc({ outcome }, 0);
  for (const outcome of ['completed', 'cancelled', 'lost', 'handed_back'] satisfies Ending[]) attempts.inc({ outcome, error_code: '' }, 0);
  for (const error_code of faultCodes) attempts.inc({ outcome: 'failed', error_code }, 0);

  return {
    accepted: ({ request: { priority } }: JobRecord) => accepted.inc({ priority }),
    changed(was: JobRecord, is: JobRecord): void {
      if (was.claim && !is.claim) attempts.inc(endingOf(was, is));
      if (was.status === is.status || !isSettled(is.status)) return;
      settled.inc({ outcome: is.status });
      if (is.status === 'completed' && is.settledAt !== null && is.startedAt !== null) preparation.observe((is.settledAt - is.startedAt) / 1000);
    },
  };
}

function endingOf(was: JobRecord, is: JobRecord): { outcome: Ending; error_code: FaultCode | '' } {
  if (is.status === 'completed' || is.status === 'cancelled') return { outcome: is.status, error_code: '' };
  if (is.fault && is.fault !== was.fault) return { outcome: 'failed', error_code: is.fault.code };
  return { outcome: is.workerLosses > was.workerLosses ? 'lost' : 'handed_back', error_code: '' };
}

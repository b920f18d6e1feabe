import type { FaultCode } from '#shared/fault-code.ts';
import { AttemptFault } from './faults.ts';
import { jobFields } from './job-fields.ts';
import type { JobRecord } from './job-record.ts';
import type { Log } from './ports.ts';

/** About what was asked for, as a 4xx is: whoever asked is told. What nobody foresaw was told whole where it happened. */
const noNews: ReadonlySet<FaultCode | undefined> = new Set<FaultCode>(['file-not-found', 'source-forbidden', 'artifact-too-large', 'internal']);

/**
 * Tells, as an error, of jobs that failed for good through the service or what it stands on, for somebody to look at: once for
 * all that the same thing ended.
 */
export function tellFailures(log: Pick<Log, 'error'>, jobs: readonly (JobRecord | null)[], cause?: unknown): void {
  const failed = jobs.filter((job) => job?.status === 'failed' && !noNews.has(job.fault?.code));
  const [first] = failed;
  if (!first?.fault) return;
  const { code: errorCode, message } = first.fault;
  log.error({ ...jobFields(first), errorCode, jobs: failed.length, err: cause ?? new AttemptFault(errorCode, message) }, 'job failed for good');
}

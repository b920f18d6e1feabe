import { advanceJob } from './advance-job.ts';
import { discardObject } from './discard-object.ts';
import type { JobRecord } from './job-record.ts';
import type { Ports } from './ports.ts';

/** Ends the life of a finished file whose time has come; null when it has not. */
export async function expireDownload(
  ports: Pick<Ports, 'jobs' | 'objects' | 'policy' | 'now' | 'log'>,
  jobId: string,
): Promise<JobRecord | null> {
  const expired = await ports.jobs.update(jobId, (job) => advanceJob(job, { type: 'expired' }, ports.now(), ports.policy));
  if (expired?.artifact) await discardObject(ports, expired.artifact);
  return expired;
}

import { advanceJob } from './advance-job.ts';
import type { JobRecord } from './job-record.ts';
import type { Ports } from './ports.ts';
import { releaseObject } from './release-object.ts';

/**
 * Ends the life of a finished file whose time has come, or that an operator wants gone `early`; null when it has not, or
 * there is none. Its bytes go with the last job that has them.
 */
export async function expireDownload(
  ports: Pick<Ports, 'jobs' | 'objects' | 'policy' | 'now' | 'log'>,
  jobId: string,
  { early = false } = {},
): Promise<JobRecord | null> {
  const expired = await ports.jobs.update(jobId, (job) => advanceJob(job, { type: 'expired', early }, ports.now(), ports.policy));
  if (expired?.artifact) await releaseObject(ports, expired.artifact, expired);
  return expired;
}

import type { ObjectName } from '../downloads/job-record.ts';

type ObjectKey = Pick<ObjectName, 'jobId' | 'fence'>;

/** What is still being written; only a rename makes it an object. */
export const unfinished = '.part';

const pattern = /^(?<jobId>[\w-]{1,128})\.(?<fence>\d{1,15})(?:\.part)?$/;

/** The name on disk. A job id that could lead out of the folder is refused. */
export function objectFileName({ jobId, fence }: ObjectKey): string {
  const name = `${jobId}.${fence}`;
  if (!pattern.test(name)) throw new RangeError(`No object can have the name ${JSON.stringify(name)}.`);
  return name;
}

/** Which object a file holds, finished or not; null for a file that is not ours. */
export function parseObjectFileName(name: string): ObjectKey | null {
  const { jobId, fence } = pattern.exec(name)?.groups ?? {};
  return jobId && fence ? { jobId, fence: Number(fence) } : null;
}

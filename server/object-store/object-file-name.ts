import type { ObjectKey } from '../downloads/job-record.ts';

/** What is still being written; only a rename makes it an object. */
export const unfinished = '.part';

const pattern = /^(?<id>[\w-]{1,128})\.(?<fence>\d{1,15})(?:\.part)?$/;

/** The name on disk. An id that could lead out of the folder is refused. */
export function objectFileName({ id, fence }: ObjectKey): string {
  const name = `${id}.${fence}`;
  if (!pattern.test(name)) throw new RangeError(`No object can have the name ${JSON.stringify(name)}.`);
  return name;
}

/** Which object a file holds, finished or not; null for a file that is not ours. */
export function parseObjectFileName(name: string): ObjectKey | null {
  const { id, fence } = pattern.exec(name)?.groups ?? {};
  return id && fence ? { id, fence: Number(fence) } : null;
}

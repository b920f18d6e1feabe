import type { ObjectKey, ObjectName } from '../downloads/job-record.ts';
import { objectIdMark } from '../downloads/object-id.ts';
import { attachmentName } from './attachment-name.ts';

/** As `objectIdOf` makes ids, and nothing else: what else lies in the bucket is somebody's, and is not touched. */
const pattern = new RegExp(`^(?<id>${objectIdMark}[\\w-]{22})/(?<fence>\\d{1,15})/[^/]+$`);

/** Where an object lies in its bucket. */
export function objectPath(name: ObjectName): string {
  return objectFolder(name) + attachmentName(name.fileName);
}

/** What the paths of an object begin with, whatever its file is called. An id that could lead elsewhere is refused. */
export function objectFolder({ id, fence }: ObjectKey): string {
  const folder = `${id}/${fence}/`;
  if (!pattern.test(`${folder}x`)) throw new RangeError(`No object can lie in ${JSON.stringify(folder)}.`);
  return folder;
}

/** Which object lies there; null for one that is not ours. */
export function parseObjectPath(path: string): ObjectKey | null {
  const { id, fence } = pattern.exec(path)?.groups ?? {};
  return id && fence ? { id, fence: Number(fence) } : null;
}

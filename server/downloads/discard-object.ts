import type { ObjectName } from './job-record.ts';
import type { Ports } from './ports.ts';

/** Deletes an object that nobody points to any more. One that cannot be deleted now is left to the orphan sweep. */
export async function discardObject(
  { objects, log }: Pick<Ports, 'objects' | 'log'>,
  { jobId, fence }: Pick<ObjectName, 'jobId' | 'fence'>,
): Promise<void> {
  await objects.delete({ jobId, fence }).catch((error: unknown) => {
    log.warn({ jobId, fence, err: error }, 'object not deleted; the orphan sweep will try again');
  });
}

import type { ObjectKey } from './job-record.ts';
import type { Ports } from './ports.ts';

/**
 * Deletes an object unless a job still needs it: writes it, or has it as its artifact. One that cannot be deleted now, or
 * of which nobody can tell, is left to the orphan sweep. Answers whether it was deleted.
 */
export async function releaseObject({ jobs, objects, log }: Pick<Ports, 'jobs' | 'objects' | 'log'>, object: ObjectKey): Promise<boolean> {
  const { id, fence } = object;
  try {
    if (await jobs.isInUse({ id, fence })) return false;
    await objects.delete({ id, fence });
    return true;
  } catch (error) {
    log.warn({ object: `${id}/${fence}`, err: error }, 'object not deleted; the orphan sweep will try again');
    return false;
  }
}

import { jobFields } from './job-fields.ts';
import type { JobRecord, ObjectKey } from './job-record.ts';
import type { Ports } from './ports.ts';

/**
 * Deletes an object unless a job still needs it: writes it, or has it as its artifact. One that cannot be deleted now, or
 * of which nobody can tell, is left to the orphan sweep. Answers whether it was deleted. The job is the one on whose behalf.
 */
export async function releaseObject(
  { jobs, objects, log }: Pick<Ports, 'jobs' | 'objects' | 'log'>,
  object: ObjectKey,
  job: JobRecord | null = null,
): Promise<boolean> {
  const { id, fence } = object;
  try {
    if (await jobs.isInUse({ id, fence })) return false;
    await objects.delete({ id, fence });
    return true;
  } catch (error) {
    log.warn({ ...(job && jobFields(job)), object: `${id}/${fence}`, err: error }, 'object not deleted; the orphan sweep will try again');
    return false;
  }
}

import { createHash } from 'node:crypto';

/** What all ids of objects begin with, so that they are told from whatever else lies where they lie. */
export const objectIdMark = 'obj_';

/**
 * What the objects of a job's claims are filed under: 128 bits that follow from the job's id and do not lead back to it.
 * Whoever knows a job's id may cancel it, and an object's link is shown to everybody whose job shares it.
 */
export function objectIdOf(jobId: string): string {
  return objectIdMark + createHash('sha256').update(jobId).digest('base64url').slice(0, 22);
}

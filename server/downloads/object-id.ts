import { createHash } from 'node:crypto';

/**
 * What the objects of a job's claims are filed under: 128 bits that follow from the job's id and do not lead back to it.
 * Whoever knows a job's id may cancel it, and an object's link is shown to everybody whose job shares it.
 */
export function objectIdOf(jobId: string): string {
  return createHash('sha256').update(jobId).digest('base64url').slice(0, 22);
}

import { isSettled } from '#shared/job-status.ts';
import type { JobRecord, ObjectKey } from './job-record.ts';

/** What one look through all records leaves to be compared with storage and queue. */
export class SeenRecords {
  /** The jobs that have each object as their artifact. */
  readonly published = new Map<string, string[]>();
  readonly queued: JobRecord[] = [];
  readonly underPreparation = new Set<string>();
  unsettled = 0;

  note(job: JobRecord): void {
    const { jobId, status, artifact, claim, preparation } = job;
    if (!isSettled(status)) this.unsettled++;
    if (status === 'queued') this.queued.push(job);
    if (claim && preparation !== null) this.underPreparation.add(preparation);
    if (status !== 'completed' || !artifact) return;
    const name = nameOf(artifact);
    const sharing = this.published.get(name);
    if (sharing) sharing.push(jobId);
    else this.published.set(name, [jobId]);
  }
}

/** How an object is called where people read of it. */
export function nameOf({ id, fence }: ObjectKey): string {
  return `${id}/${fence}`;
}

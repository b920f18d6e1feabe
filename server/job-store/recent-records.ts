import type { JobRecord } from '../downloads/job-record.ts';

/**
 * The records that were read or written last, at most `room` of them. Polls ask for the same few again and again. It is
 * right only where every write passes by here, so for a store that has its database to itself.
 */
export class RecentRecords {
  readonly #room: number;
  /** In the order of their last use: a Map keeps the order in which keys were set. */
  readonly #records = new Map<string, JobRecord>();

  constructor(room: number) {
    this.#room = room;
  }

  get(jobId: string): JobRecord | undefined {
    const job = this.#records.get(jobId);
    if (job) this.keep(job);
    return job;
  }

  keep(job: JobRecord): void {
    this.#records.delete(job.jobId);
    this.#records.set(job.jobId, job);
    if (this.#records.size <= this.#room) return;
    const [oldest] = this.#records.keys();
    this.#records.delete(oldest!);
  }

  drop(jobId: string): void {
    this.#records.delete(jobId);
  }
}

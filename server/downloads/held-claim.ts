import { advanceJob } from './advance-job.ts';
import type { JobEvent } from './job-event.ts';
import { jobFields } from './job-fields.ts';
import type { JobRecord } from './job-record.ts';
import type { Ports } from './ports.ts';
import { tellFailures } from './tell-failures.ts';

type Fenced = Extract<JobEvent, { fence: number }>;
/** What a worker may say of the job it holds; the fence is added here. */
export type ClaimEvent = Fenced extends infer Event ? (Event extends Fenced ? Omit<Event, 'fence'> : never) : never;

/** Ends an attempt whose claim is no longer ours: cancelled, or taken over. Nothing more can be written under it. */
export class ClaimLost extends Error {
  override name = 'ClaimLost';
}

/** What `setTimeout` can count. */
const longestTimerMs = 2 ** 31 - 1;

type ClaimPorts = Pick<Ports, 'jobs' | 'policy' | 'now' | 'log'>;

/** A worker's hold on one job: renewed while it lasts, and the only way to write about the job. */
export class HeldClaim implements Disposable {
  readonly job: JobRecord;
  readonly #ports: ClaimPorts;
  readonly #given = new AbortController();
  readonly #heartbeat: NodeJS.Timeout;
  #deadline: NodeJS.Timeout;
  #leaseExpiresAt: number;
  #isOver = false;
  /** One write at a time, so that what is said arrives in the order in which it was said. */
  #said: Promise<unknown> = Promise.resolve();

  constructor(ports: ClaimPorts, job: JobRecord) {
    this.job = job;
    this.#ports = ports;
    this.#leaseExpiresAt = job.claim!.leaseExpiresAt;
    this.#heartbeat = setInterval(() => void this.renew(), ports.policy.heartbeatMs);
    this.#deadline = setTimeout(() => void this.#endOverdue(), this.#untilDeadline());
  }

  /** Aborted with a `ClaimLost` when the job was cancelled or taken over, its time is over, or the lease could not be renewed. */
  get signal(): AbortSignal {
    return this.#given.signal;
  }

  /** Writes what happened, in one step. Rejects with `ClaimLost` when it no longer applies, and then the attempt is to end. */
  async tell(...events: readonly ClaimEvent[]): Promise<JobRecord> {
    const { fence } = this.job;
    const fenced = events.map((event): JobEvent => Object.assign({ fence }, event));
    const said = this.#said.then(() => this.#update(...fenced));
    this.#said = said.catch(() => {});
    const told = await said;
    if (told) return told;
    const lost = new ClaimLost('the job has gone on without this claim');
    this.#given.abort(lost);
    throw lost;
  }

  /** Says that the worker lives, and learns on the way whether the claim does. Never rejects. */
  async renew(): Promise<void> {
    try {
      await this.tell({ type: 'heard' });
    } catch (error) {
      if (error instanceof ClaimLost) return;
      // A store that is away for a moment ends nothing, unless the lease has run out meanwhile.
      this.#ports.log.warn({ ...jobFields(this.job), err: error }, 'lease not renewed');
      if (this.#ports.now() >= this.#leaseExpiresAt) this.#given.abort(new ClaimLost('the lease ran out'));
    }
  }

  [Symbol.dispose](): void {
    this.#isOver = true;
    clearInterval(this.#heartbeat);
    clearTimeout(this.#deadline);
  }

  async #endOverdue(): Promise<void> {
    const ended = await this.#update({ type: 'overdue' }).catch((error: unknown) => {
      this.#ports.log.warn({ ...jobFields(this.job), err: error }, 'deadline not written');
      return null;
    });
    tellFailures(this.#ports.log, [ended]);
    if (ended) return this.#given.abort(new ClaimLost('its time is over'));
    // Not yet, by a clock that was set back or a timer that could not count so far; or the sweep does it.
    if (!this.#isOver) this.#deadline = setTimeout(() => void this.#endOverdue(), Math.max(1000, this.#untilDeadline()));
  }

  async #update(...events: readonly JobEvent[]): Promise<JobRecord | null> {
    const { jobs, policy, now } = this.#ports;
    const advance = (job: JobRecord | null, event: JobEvent) => job && advanceJob(job, event, now(), policy);
    const job = await jobs.update(this.job.jobId, (current) => events.reduce(advance, current));
    if (job?.claim) this.#leaseExpiresAt = job.claim.leaseExpiresAt;
    return job;
  }

  #untilDeadline(): number {
    // A timer may fire a little early; a deadline must not.
    const leftMs = Math.max(0, this.job.deadlineAt! - this.#ports.now()) + 10;
    return Math.min(longestTimerMs, leftMs);
  }
}

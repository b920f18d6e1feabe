import { AsyncLocalStorage } from 'node:async_hooks';
import { advanceJob } from './advance-job.ts';
import { ClaimLost, HeldClaim, type ClaimEvent } from './held-claim.ts';
import { jobFields } from './job-fields.ts';
import type { JobRecord, ObjectKey } from './job-record.ts';
import { knows, type KnownFiles } from './known-files.ts';
import type { Ports } from './ports.ts';
import type { CarriedSpan } from './tracing.ts';

/** How soon who waits for a preparation that is under way joins it. */
export const gatherEveryMs = 1000;
/** How many join at once; the next second takes the next. */
const joinAtOnce = 500;
/** How many hear of progress each second; where more share the attempt, they do so in turn. */
const reportToAtOnce = 50;

type ClaimPorts = Pick<Ports, 'jobs' | 'policy' | 'now' | 'log' | 'tracing'>;

/**
 * All claims that one attempt serves: of the job that was delivered, and of those that wait for the same preparation and
 * join it on the way. Each can be lost for itself, by a cancel for one; the attempt goes on while one is left.
 */
export class AttemptClaims implements Disposable {
  /** The job that began the attempt; what it asks for is what all of them ask for. */
  readonly first: JobRecord;
  readonly object: ObjectKey;
  readonly #ports: ClaimPorts;
  readonly #worker: string;
  readonly #span: CarriedSpan;
  readonly #held = new Map<string, HeldClaim>();
  /** Of those who joined, each in the trace of its own request. */
  readonly #spans = new Map<string, CarriedSpan>();
  readonly #given = new AbortController();
  readonly #gathering: NodeJS.Timeout;
  #known: KnownFiles | null = null;
  /** What somebody who joins has to hear besides. */
  readonly #soFar: ClaimEvent[] = [];
  #round: Promise<void> = Promise.resolve();

  /** Begins with a job that was just claimed; `span` is the attempt's. */
  constructor(ports: ClaimPorts, worker: string, first: JobRecord, span: CarriedSpan) {
    this.first = first;
    this.#span = span;
    this.object = first.claim!.object;
    this.#ports = ports;
    this.#worker = worker;
    this.#hold(first);
    this.#gathering = setInterval(() => void this.gather(), gatherEveryMs);
  }

  /** Aborted with a `ClaimLost` once nobody waits for this attempt any more. */
  get signal(): AbortSignal {
    return this.#given.signal;
  }

  /** What the attempt prepares, once the source has told; null when it cannot be shared. */
  get preparation(): string | null {
    return this.#known?.preparation ?? null;
  }

  /** Says what the source told of the files, where that is news. From now on those can join who wait for the same. */
  async describe(known: KnownFiles): Promise<void> {
    this.#known = known;
    const told = await Promise.all([...this.#held.values()].map((claim) => this.#describeTo(claim, known)));
    if (!told.some(Boolean)) throw nobodyLeft();
  }

  /** Tells every job what happened, and answers their records. Rejects with `ClaimLost` when none of them is held any more. */
  async tell(...events: readonly ClaimEvent[]): Promise<JobRecord[]> {
    this.#soFar.push(...events.filter(({ type }) => type === 'fetched'));
    const told = await this.#tellEach([...this.#held.values()], ...events);
    if (told.length === 0) throw nobodyLeft();
    return told;
  }

  /** The same for what is of the moment. It can be missed: a store that is away for a moment ends nothing, and no trace tells of it. */
  readonly report = AsyncLocalStorage.bind((event: ClaimEvent): void => {
    const next = [...this.#held.values()].slice(0, reportToAtOnce);
    if (this.#held.size > reportToAtOnce) for (const claim of next) this.#moveBack(claim);
    // A lost claim has been let go of by then.
    this.#tellEach(next, event).catch(() => {});
  });

  /** Asks at once whether the job is still to be served: somebody said that it was cancelled. */
  async ask(jobId: string): Promise<void> {
    await this.#held.get(jobId)?.renew();
  }

  /** Lets all join that wait for the same preparation by now. With `last` nobody joins after them. */
  async gather({ last = false } = {}): Promise<void> {
    this.#round = this.#round.then(() => this.#gatherOnce()).catch((error: unknown) => {
      this.#ports.log.warn({ ...jobFields(this.first), err: error }, 'others could not join the attempt');
    });
    if (last) this.#close();
    await this.#round;
  }

  /** Says how it ended to those who are left, also to one who was just joining, and answers their records. */
  async end(event: ClaimEvent): Promise<JobRecord[]> {
    this.#close();
    await this.#round;
    return this.#tellEach([...this.#held.values()], event);
  }

  [Symbol.dispose](): void {
    this.#close();
    for (const claim of this.#held.values()) claim[Symbol.dispose]();
    for (const span of this.#spans.values()) span.end();
    this.#held.clear();
  }

  #close(): void {
    clearInterval(this.#gathering);
  }

  async #gatherOnce(): Promise<void> {
    if (this.preparation === null || this.signal.aborted) return;
    const waiting = await this.#ports.jobs.listWaitingFor(this.preparation, joinAtOnce);
    await Promise.all(waiting.map(({ jobId }) => this.#join(jobId)));
  }

  async #join(jobId: string): Promise<void> {
    const { jobs, policy, now, log } = this.#ports;
    const event = { type: 'joined', worker: this.#worker, object: this.object } as const;
    const job = await jobs.update(jobId, (current) => advanceJob(current, event, now(), policy));
    if (!job) return;
    log.info({ ...jobFields(job), with: this.first.jobId }, 'attempt shared');
    const claim = this.#hold(job);
    this.#linkTo(job);
    await this.#describeTo(claim, this.#known!);
    for (const said of this.#soFar) await this.#tellOne(claim, said);
  }

  #hold(job: JobRecord): HeldClaim {
    const claim = new HeldClaim(this.#ports, job);
    this.#held.set(job.jobId, claim);
    claim.signal.addEventListener('abort', () => this.#letGo(claim), { once: true });
    return claim;
  }

  /** Both traces tell of the other: the one with the work in it, and that of somebody who only waited for it. */
  #linkTo(job: JobRecord): void {
    const facts = { 'job.id': job.jobId, 'job.attempt': job.attempts };
    const span = this.#ports.tracing.resume('shared attempt', job.traceparent, facts);
    span.link(this.#span.traceparent);
    this.#span.link(job.traceparent);
    this.#spans.set(job.jobId, span);
  }

  #letGo(claim: HeldClaim): void {
    this.#spans.get(claim.job.jobId)?.end();
    claim[Symbol.dispose]();
    this.#held.delete(claim.job.jobId);
    if (this.#held.size === 0) this.#given.abort(claim.signal.reason);
  }

  #moveBack(claim: HeldClaim): void {
    this.#held.delete(claim.job.jobId);
    this.#held.set(claim.job.jobId, claim);
  }

  async #tellEach(claims: readonly HeldClaim[], ...events: readonly ClaimEvent[]): Promise<JobRecord[]> {
    const told = await Promise.all(claims.map((claim) => this.#tellOne(claim, ...events)));
    return told.flatMap((job) => job ?? []);
  }

  /** Nearly always the record knows since it was accepted. */
  async #describeTo(claim: HeldClaim, known: KnownFiles): Promise<JobRecord | null> {
    return knows(claim.job, known) ? claim.job : this.#tellOne(claim, { type: 'described', known });
  }

  /** Null where this one is lost; the others may still be served. */
  async #tellOne(claim: HeldClaim, ...events: readonly ClaimEvent[]): Promise<JobRecord | null> {
    try {
      return await claim.tell(...events);
    } catch (error) {
      if (error instanceof ClaimLost) return null;
      throw error;
    }
  }
}

function nobodyLeft(): ClaimLost {
  return new ClaimLost('nobody waits for this attempt any more');
}

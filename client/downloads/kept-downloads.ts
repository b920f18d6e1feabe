import * as z from 'zod/mini';
import type { Job } from '#shared/job.ts';
import { intentSchema, type Intent } from './intent.ts';
import { Shelf, type ShelfStorage } from './shelf.ts';
import { newerOf, trackedJobSchema, withNews, type TrackedJob } from './tracked-job.ts';

/** How the sending of an intent stands: on its way, or waiting for the connection or for another try. */
export type Sending = { state: 'sending' } | { state: 'offline' } | { state: 'refused'; retryAt: number };

/** Everything this browser knows of its downloads at one moment. */
export interface DownloadsSnapshot {
  jobs: ReadonlyMap<string, TrackedJob>;
  intents: readonly Intent[];
  hidden: ReadonlySet<string>;
  /** Jobs that the server has told of since this page was opened. */
  confirmed: ReadonlySet<string>;
  /** Jobs whose cancelling was asked for and not answered yet. */
  cancelling: ReadonlySet<string>;
  sending: ReadonlyMap<string, Sending>;
  /** How many polls of a job failed in a row although the service answered. */
  failedPolls: ReadonlyMap<string, number>;
}

export interface JobNews {
  before: Job | null;
  after: Job;
  tracked: TrackedJob;
}

const jobPrefix = 'job_';

/** The downloads that this browser follows: kept in its storage, shared with its other tabs, read by the page. */
export class KeptDownloads {
  readonly #jobs: Shelf<TrackedJob>;
  readonly #intents: Shelf<Intent>;
  readonly #hidden: Shelf<string>;
  readonly #confirmed = new Set<string>();
  readonly #cancelling = new Set<string>();
  readonly #sending = new Map<string, Sending>();
  readonly #failedPolls = new Map<string, number>();
  readonly #listeners = new Set<() => void>();
  readonly #newsListeners = new Set<(news: JobNews) => void>();
  readonly #foreignListeners = new Set<() => void>();
  #snapshot: DownloadsSnapshot | null = null;
  #together = false;

  /** `onFull` is called when something could not be stored. */
  constructor(storage: ShelfStorage | null, onFull = () => {}) {
    const shared = { storage, onChange: this.#changed, onFull };
    this.#jobs = new Shelf({ ...shared, prefix: jobPrefix, schema: trackedJobSchema, choose: newerOf });
    this.#intents = new Shelf({ ...shared, prefix: 'intent_', schema: intentSchema });
    this.#hidden = new Shelf({ ...shared, prefix: 'hidden_', schema: z.iso.datetime() });
    this.#forgetEndedRecords(Date.now());
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly snapshot = (): DownloadsSnapshot => {
    this.#snapshot ??= {
      jobs: new Map(this.#jobs.entries()),
      intents: this.#intents.values(),
      hidden: new Set(this.#hidden.entries().map(([jobId]) => jobId)),
      confirmed: new Set(this.#confirmed),
      cancelling: new Set(this.#cancelling),
      sending: new Map(this.#sending),
      failedPolls: new Map(this.#failedPolls),
    };
    return this.#snapshot;
  };

  /** Calls back for every state that the server tells of a followed job. */
  onNews(listener: (news: JobNews) => void): () => void {
    this.#newsListeners.add(listener);
    return () => this.#newsListeners.delete(listener);
  }

  /** Calls back when another tab changed what is kept. */
  onForeignChange(listener: () => void): () => void {
    this.#foreignListeners.add(listener);
    return () => this.#foreignListeners.delete(listener);
  }

  /** Listens to the other tabs until the returned function is called. */
  listenTo(target: Window): () => void {
    const accept = ({ key, newValue }: StorageEvent) => {
      this.#atOnce(() => {
        const jobId = key?.startsWith(jobPrefix) ? key.slice(jobPrefix.length) : null;
        const known = jobId === null ? undefined : this.#jobs.get(jobId);
        for (const shelf of [this.#jobs, this.#intents, this.#hidden]) shelf.acceptFromOtherTab(key, newValue);
        if (jobId !== null) this.#heardElsewhere(jobId, known?.job ?? null);
      });
      for (const listener of this.#foreignListeners) listener();
    };
    target.addEventListener('storage', accept);
    return () => target.removeEventListener('storage', accept);
  }

  /** Takes over what the server says of a job. Jobs that are not followed are left alone. */
  hear(job: Job, now = Date.now()): void {
    this.hearAll([job], { now });
  }

  /** The same for many at once. What another tab heard is already stored by it. */
  hearAll(jobs: readonly Job[], { now = Date.now(), store = true } = {}): void {
    this.#atOnce(() => {
      for (const job of jobs) {
        const known = this.#jobs.get(job.jobId);
        if (!known) continue;
        this.confirm([job.jobId]);
        this.#failedPolls.delete(job.jobId);
        const tracked = withNews(known, job, now);
        if (tracked === known) continue;
        this.#jobs.set(job.jobId, tracked, { store });
        this.#tellNews({ before: known.job, after: job, tracked });
      }
    });
  }

  /** The server has told of these since the page was opened, if only to another tab. */
  confirm(jobIds: readonly string[]): void {
    for (const jobId of jobIds) if (this.#jobs.get(jobId)) this.#confirmed.add(jobId);
    this.#changed();
  }

  /** Follows a job from now on. One that is followed already keeps its place. */
  follow(job: Job, from: Pick<TrackedJob, 'place' | 'asked' | 'tellMe'>, now = Date.now()): void {
    if (!this.#jobs.get(job.jobId)) {
      const { place, asked, tellMe } = from;
      const lastPolled = new Date(now).toISOString();
      const fresh = { place, asked, job: null, lastPolled, pace: null, downloadedAt: null, seen: false, tellMe, replacedBy: null };
      this.#jobs.set(job.jobId, fresh);
    }
    this.unhide(job.jobId);
    this.hear(job, now);
  }

  /** Follows jobs for as long as the page is open. */
  lend(lent: readonly TrackedJob[]): void {
    this.#atOnce(() => {
      for (const tracked of lent) if (tracked.job) this.#jobs.set(tracked.job.jobId, tracked, { store: false });
      this.confirm(lent.flatMap(({ job }) => job?.jobId ?? []));
    });
  }

  change(jobId: string, change: Partial<Pick<TrackedJob, 'downloadedAt' | 'seen' | 'tellMe' | 'replacedBy'>>): void {
    const known = this.#jobs.get(jobId);
    if (known) this.#jobs.set(jobId, { ...known, ...change });
  }

  forget(jobId: string): void {
    this.#confirmed.delete(jobId);
    this.#cancelling.delete(jobId);
    this.#failedPolls.delete(jobId);
    this.#jobs.delete(jobId);
  }

  /** Keeps a removed job out of sight until the server's record of it ends. */
  hide(jobId: string, until: number): void {
    this.#hidden.set(jobId, new Date(until).toISOString());
  }

  unhide(jobId: string): void {
    this.#hidden.delete(jobId);
  }

  addIntent(intent: Intent): void {
    this.#intents.set(intent.clientRequestId, intent);
  }

  hasIntent(clientRequestId: string): boolean {
    return this.#intents.get(clientRequestId) !== undefined;
  }

  dropIntent(clientRequestId: string): void {
    this.#sending.delete(clientRequestId);
    this.#intents.delete(clientRequestId);
  }

  markSending(clientRequestId: string, sending: Sending): void {
    this.#sending.set(clientRequestId, sending);
    this.#changed();
  }

  countFailedPoll(jobIds: readonly string[]): void {
    for (const jobId of jobIds) this.#failedPolls.set(jobId, (this.#failedPolls.get(jobId) ?? 0) + 1);
    this.#changed();
  }

  markCancelling(jobId: string, cancelling: boolean): void {
    if (cancelling) this.#cancelling.add(jobId);
    else this.#cancelling.delete(jobId);
    this.#changed();
  }

  #forgetEndedRecords(now: number): void {
    for (const [jobId, until] of this.#hidden.entries()) if (Date.parse(until) < now) this.#hidden.delete(jobId);
  }

  /** Another tab wrote a job because the server had just told of it, or somebody had acted on it there. */
  #heardElsewhere(jobId: string, before: Job | null): void {
    const tracked = this.#jobs.get(jobId);
    if (!tracked?.job) return;
    this.#confirmed.add(jobId);
    if (before !== null) this.#tellNews({ before, after: tracked.job, tracked });
  }

  #tellNews(news: JobNews): void {
    for (const listener of this.#newsListeners) listener(news);
  }

  /** Tells the listeners once of all that happens in `work`. */
  #atOnce(work: () => void): void {
    const outer = this.#together;
    this.#together = true;
    try {
      work();
    } finally {
      this.#together = outer;
    }
    this.#changed();
  }

  readonly #changed = (): void => {
    this.#snapshot = null;
    if (this.#together) return;
    for (const listener of this.#listeners) listener();
  };
}

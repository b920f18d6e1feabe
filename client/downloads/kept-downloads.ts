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

  constructor(storage: ShelfStorage | null) {
    const shared = { storage, onChange: this.#changed };
    this.#jobs = new Shelf({ ...shared, prefix: 'job_', schema: trackedJobSchema, choose: newerOf });
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
    const accept = (event: StorageEvent) => {
      for (const shelf of [this.#jobs, this.#intents, this.#hidden]) shelf.acceptFromOtherTab(event.key, event.newValue);
      for (const listener of this.#foreignListeners) listener();
    };
    target.addEventListener('storage', accept);
    return () => target.removeEventListener('storage', accept);
  }

  /** Takes over what the server says of a job. Jobs that are not followed are left alone. */
  hear(job: Job, now = Date.now()): void {
    const known = this.#jobs.get(job.jobId);
    if (!known) return;
    this.#confirmed.add(job.jobId);
    this.#failedPolls.delete(job.jobId);
    const tracked = withNews(known, job, now);
    this.#jobs.set(job.jobId, tracked);
    if (tracked === known) return;
    for (const listener of this.#newsListeners) listener({ before: known.job, after: job, tracked });
  }

  /** Follows a job from now on. One that is followed already keeps its place. */
  follow(job: Job, from: Pick<TrackedJob, 'place' | 'asked'>, now = Date.now()): void {
    if (!this.#jobs.get(job.jobId)) {
      const { place, asked } = from;
      const lastPolled = new Date(now).toISOString();
      const fresh = { place, asked, job: null, lastPolled, pace: null, downloadedAt: null, seen: false, replacedBy: null };
      this.#jobs.set(job.jobId, fresh);
    }
    this.unhide(job.jobId);
    this.hear(job, now);
  }

  change(jobId: string, change: Partial<Pick<TrackedJob, 'downloadedAt' | 'seen' | 'replacedBy'>>): void {
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

  readonly #changed = (): void => {
    this.#snapshot = null;
    for (const listener of this.#listeners) listener();
  };
}

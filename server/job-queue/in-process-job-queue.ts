import { StoreUnavailable } from '../downloads/errors.ts';
import type { Delivery, JobQueue, Log, QueueEntry, StopWork } from '../downloads/ports.ts';
import { Crew } from './crew.ts';
import { Line } from './line.ts';
import { WakeUp } from './wake-up.ts';

/** The waiting line in this process's memory. It dies with it; the records fill it anew. */
export class InProcessJobQueue implements JobQueue {
  readonly #log: Pick<Log, 'error'> | null;
  readonly #waiting = new Line<QueueEntry>(({ place }) => place);
  readonly #delayed = new Line<QueueEntry>(({ notBefore }) => notBefore);
  /** What was added while the same job was in hand: delivered once that has ended. */
  readonly #again = new Map<string, QueueEntry>();
  readonly #crews = new Set<Crew>();
  readonly #wakeUp = new WakeUp(() => this.#deliver());
  #closed = false;

  constructor(log: Pick<Log, 'error'> | null = null) {
    this.#log = log;
  }

  async add(entry: QueueEntry): Promise<void> {
    await this.check();
    this.#put(entry);
    this.#deliver();
  }

  work(concurrency: number, handler: (delivery: Delivery) => Promise<void>): StopWork {
    const crew = new Crew(concurrency, handler);
    this.#crews.add(crew);
    this.#deliver();
    return async (graceMs) => {
      await crew.stop(graceMs);
      this.#crews.delete(crew);
    };
  }

  async cancel(jobId: string): Promise<void> {
    this.#waiting.remove(jobId);
    this.#delayed.remove(jobId);
    this.#again.delete(jobId);
    for (const crew of this.#crews) crew.cancel(jobId);
  }

  async position(jobId: string): Promise<number | null> {
    this.#admitDue();
    const before = this.#waiting.before(jobId);
    return before === null ? null : before + 1;
  }

  async waiting(): Promise<number> {
    this.#admitDue();
    return this.#waiting.size;
  }

  async check(): Promise<void> {
    if (this.#closed) throw new StoreUnavailable(new Error('The queue is closed.'));
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#wakeUp.clear();
    await Promise.all([...this.#crews].map((crew) => crew.stop(0)));
    this.#crews.clear();
  }

  #put(entry: QueueEntry): void {
    const { jobId } = entry;
    if ([...this.#crews].some((crew) => crew.has(jobId))) this.#again.set(jobId, sooner(entry, this.#again.get(jobId)));
    else if (!this.#waiting.get(jobId)) this.#delayed.add(sooner(entry, this.#delayed.remove(jobId)));
  }

  /** Lets those whose moment has come join the line at their place. */
  #admitDue(): void {
    const now = Date.now();
    for (let due = this.#delayed.first; due && due.notBefore <= now; due = this.#delayed.first) {
      this.#delayed.remove(due.jobId);
      this.#waiting.add(due);
    }
  }

  #deliver(): void {
    if (this.#closed) return;
    this.#admitDue();
    for (const crew of this.#crews) {
      for (let next = this.#waiting.first; next && crew.hasRoom; next = this.#waiting.first) {
        this.#waiting.remove(next.jobId);
        void this.#handOver(next, crew);
      }
    }
    if (this.#delayed.first) this.#wakeUp.setFor(this.#delayed.first.notBefore);
    else this.#wakeUp.clear();
  }

  async #handOver(entry: QueueEntry, crew: Crew): Promise<void> {
    try {
      await crew.take(entry.jobId);
    } catch (error) {
      const { jobId } = entry;
      this.#log?.error({ err: error, jobId }, 'a delivery ended with an error that its handler should have dealt with');
    }
    const again = this.#again.get(entry.jobId);
    this.#again.delete(entry.jobId);
    if (again) this.#put(again);
    this.#deliver();
  }
}

/** The entry that comes sooner; of two that come at once the earlier. */
function sooner(entry: QueueEntry, earlier: QueueEntry | undefined): QueueEntry {
  return earlier && earlier.notBefore <= entry.notBefore ? earlier : entry;
}

import type { Redis } from 'ioredis';
import type { QueueEntry } from '../downloads/ports.ts';

/** Longer than anything is in hand. What lies here longer was left by a process that died; the sweep has added it since. */
const keptMs = 86_400_000;

/** What was added while the same job was in hand, over all processes: it comes again once that has ended. */
export class CallsAgain {
  readonly #redis: Redis;
  readonly #keyOf: (jobId: string) => string;

  constructor(redis: Redis, keyOf: (jobId: string) => string) {
    this.#redis = redis;
    this.#keyOf = keyOf;
  }

  /** Keeps the entry that comes sooner; of two that come at once the earlier. */
  async keep(entry: QueueEntry): Promise<void> {
    const key = this.#keyOf(entry.jobId);
    const kept = parse(await this.#redis.get(key));
    if (kept && kept.notBefore <= entry.notBefore) return;
    await this.#redis.set(key, JSON.stringify(entry), 'PX', keptMs);
  }

  /** Those of the jobs for which something is kept, mostly none; asked in one question. */
  async among(jobIds: readonly string[]): Promise<string[]> {
    const kept = await this.#redis.mget(jobIds.map(this.#keyOf));
    return jobIds.filter((_, index) => kept[index] !== null);
  }

  /** Gives what was kept, to one caller alone. */
  async take(jobId: string): Promise<QueueEntry | null> {
    return parse(await this.#redis.getdel(this.#keyOf(jobId)));
  }

  async drop(jobId: string): Promise<void> {
    await this.#redis.del(this.#keyOf(jobId));
  }
}

function parse(text: string | null): QueueEntry | null {
  return text === null ? null : (JSON.parse(text) as QueueEntry);
}

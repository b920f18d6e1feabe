import type { Redis } from 'ioredis';
import { telling } from '../calls.ts';
import { connectAsking } from './connect-redis.ts';
import { reachRedis, soon } from './reach-redis.ts';

/** Asks Redis one thing, whose name is told where calls are told of. Rejects with `StoreUnavailable`. */
export type Ask = <Answer>(operation: string, question: (redis: Redis) => Promise<Answer>) => Promise<Answer>;

/** How long a question waits for a connection: at the start there is none yet, and after a break soon a new one. */
const returnMs = 1000;

/** A connection to a Redis that may be away just now. Whoever asks waits a moment for its return, and never long. */
export class RedisConnection {
  readonly #redis: Redis;
  #nextReady = Promise.withResolvers<void>();
  #lastTrouble = new Error('There is no connection to Redis yet.');
  #isClosed = false;

  constructor(url: string) {
    this.#redis = connectAsking(url);
    this.#redis.on('error', (error: Error) => void (this.#lastTrouble = error));
    this.#redis.on('ready', () => {
      this.#nextReady.resolve();
      this.#nextReady = Promise.withResolvers();
    });
  }

  /** Begins a piece of work that may ask several things: all of it together is answered or given up soon. */
  begin(): Ask {
    const until = soon();
    return (operation, question) => telling({ system: 'redis', operation }, () => reachRedis(() => this.#put(question), until));
  }

  /** Asks one thing alone. */
  readonly ask: Ask = (operation, question) => this.begin()(operation, question);

  close(): void {
    this.#isClosed = true;
    this.#redis.disconnect();
  }

  async #put<Answer>(question: (redis: Redis) => Promise<Answer>): Promise<Answer> {
    if (this.#redis.status !== 'ready' && !this.#isClosed) await this.#untilReady();
    return question(this.#redis);
  }

  async #untilReady(): Promise<void> {
    const { promise: away, reject } = Promise.withResolvers<never>();
    const timer = setTimeout(() => reject(this.#lastTrouble), returnMs);
    try {
      await Promise.race([this.#nextReady.promise, away]);
    } finally {
      clearTimeout(timer);
    }
  }
}

import type { Redis } from 'ioredis';
import { connectListening } from '../redis/connect-redis.ts';

const askedEveryMs = 10_000;

/** Hears of the cancels that any process tells of, over a connection of its own. One that is told while Redis is away is lost. */
export class CancelListener {
  readonly #redis: Redis;
  readonly #asking: NodeJS.Timeout;

  constructor(redisUrl: string, channel: string, onCancel: (jobId: string) => void) {
    this.#redis = connectListening(redisUrl);
    this.#redis.on('message', (_channel, jobId) => onCancel(jobId));
    void this.#redis.subscribe(channel).catch(() => {});
    // Nothing may be said there for days: a question every few seconds tells whether the connection still lives.
    this.#asking = setInterval(() => this.#ask(), askedEveryMs).unref();
  }

  close(): void {
    clearInterval(this.#asking);
    this.#redis.disconnect();
  }

  #ask(): void {
    if (this.#redis.status === 'ready') this.#redis.ping().catch(() => {});
  }
}

import type { Pulse } from '../downloads/ports.ts';
import { RedisConnection } from '../redis/redis-connection.ts';
import { briefly } from './briefly.ts';

/** A beat so much older than the latest is dropped, and so is the latest after that time. Nobody asks so far back. */
const keptMs = 600_000;
/** How long one answer serves all who ask. Polls do, and a worker beats every few seconds. */
const answerKeptMs = 1000;

/** The beats of all workers, over any number of processes: one sorted set by moment. */
export class RedisPulse implements Pulse {
  readonly #redis: RedisConnection;
  readonly #beats: string;

  constructor(url: string, prefix = 'download:') {
    this.#redis = new RedisConnection(url);
    this.#beats = `${prefix}beats`;
  }

  async beat(worker: string, at: number, slots: number): Promise<void> {
    await this.#redis.ask('ZADD', (redis) =>
      Promise.all([
        redis.zadd(this.#beats, at, `${slots} ${worker}`),
        redis.zremrangebyscore(this.#beats, '-inf', at - keptMs),
        redis.pexpire(this.#beats, keptMs),
      ]),
    );
  }

  async heardSince(at: number): Promise<{ workers: number; slots: number }> {
    const heard = [...(await this.#latest()).values()].filter((beat) => beat.at >= at);
    return { workers: heard.length, slots: heard.reduce((sum, { slots }) => sum + slots, 0) };
  }

  async close(): Promise<void> {
    this.#redis.close();
  }

  /** The latest beat of each worker. One that was started again with more slots is there twice for a while. */
  readonly #latest = briefly(answerKeptMs, async () => {
    const beats = await this.#redis.ask('ZRANGE', (redis) => redis.zrange(this.#beats, 0, '-1', 'WITHSCORES'));
    const latest = new Map<string, { at: number; slots: number }>();
    for (let nth = 0; nth < beats.length; nth += 2) {
      const [slots, ...name] = beats[nth]!.split(' ');
      latest.set(name.join(' '), { at: Number(beats[nth + 1]), slots: Number(slots) });
    }
    return latest;
  });
}

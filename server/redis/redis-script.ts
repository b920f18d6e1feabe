import { createHash } from 'node:crypto';
import type { Redis } from 'ioredis';

/** A Lua script that Redis runs as one step, and keeps. It is sent whole only to a Redis that has forgotten it. */
export class RedisScript<Answer> {
  readonly name: string;
  readonly #lua: string;
  readonly #digest: string;

  constructor(name: string, lua: string) {
    this.name = name;
    this.#lua = lua;
    this.#digest = createHash('sha1').update(lua).digest('hex');
  }

  async run(redis: Redis, args: readonly (string | number)[]): Promise<Answer> {
    try {
      return (await redis.evalsha(this.#digest, 0, ...args)) as Answer;
    } catch (error) {
      if (!(error instanceof Error) || !error.message.startsWith('NOSCRIPT')) throw error;
      return (await redis.eval(this.#lua, 0, ...args)) as Answer;
    }
  }
}

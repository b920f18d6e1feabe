import type { FileNumbers } from '../downloads/ports.ts';
import { RedisConnection } from '../redis/redis-connection.ts';
import { RedisScript } from '../redis/redis-script.ts';
import { highest, lowest, numberForName } from './number-for-name.ts';
import { plain } from './plain.ts';

interface Wish {
  readonly name: string;
  readonly wished: number | null;
}

/** Others wait while Redis runs a script: so many names take it a few milliseconds. */
const atOnce = 1000;

const common = `
local function isFree(number) return redis.call('HEXISTS', ARGV[2], number) == 0 end
local function keep(name, number)
  redis.call('HSET', ARGV[1], name, number)
  redis.call('HSET', ARGV[2], number, name)
end
`;

/** Gives the wished numbers. Arguments: the hash of numbers by name, that of names by number; then name and wish each. */
const wishScript = new RedisScript<null>('wish', `${common}
for at = 3, #ARGV, 2 do
  if redis.call('HEXISTS', ARGV[1], ARGV[at]) == 0 and isFree(ARGV[at + 1]) then keep(ARGV[at], ARGV[at + 1]) end
end
`);

/** Gives those without a number the next free one. Arguments: the hashes, the range; then name and first try each. */
const makeScript = new RedisScript<null>('make', `${common}
local lowest, highest = tonumber(ARGV[3]), tonumber(ARGV[4])
for at = 5, #ARGV, 2 do
  if redis.call('HEXISTS', ARGV[1], ARGV[at]) == 0 then
    local number = tonumber(ARGV[at + 1])
    while not isFree(string.format('%.0f', number)) do number = number < highest and number + 1 or lowest end
    keep(ARGV[at], string.format('%.0f', number))
  end
end
`);

/** File numbers beside the job records in Redis; a number once given stays with its name, for all processes. */
export class RedisFileNumbers implements FileNumbers {
  readonly #redis: RedisConnection;
  /** The hash of numbers by name, and the one of names by number. */
  readonly #hashes: readonly [string, string];

  constructor(url: string, prefix = 'download:') {
    this.#redis = new RedisConnection(url);
    this.#hashes = [`${prefix}files:numbers`, `${prefix}files:names`];
  }

  async assign(wishes: readonly Wish[]): Promise<Map<string, number>> {
    const names = [...new Set(wishes.map(({ name }) => name))];
    const known = await this.#known(names);
    const unknown = names.filter((name) => !known.has(name));
    if (unknown.length === 0) return known;
    // Wishes first, so that no made-up number takes one that a later name wishes for.
    const wished = wishes.flatMap(({ name, wished: number }) => (number === null || known.has(name) ? [] : [[plain(name), number] as const]));
    for (const some of portions(wished)) await this.#run(wishScript, some.flat());
    for (const some of portions(unknown)) {
      await this.#run(makeScript, [lowest, highest, ...some.flatMap((name) => [plain(name), numberForName(name)])]);
    }
    return this.#known(names);
  }

  async close(): Promise<void> {
    this.#redis.close();
  }

  async #known(names: readonly string[]): Promise<Map<string, number>> {
    const known = new Map<string, number>();
    for (const some of portions(names)) {
      const numbers = await this.#redis.ask('HMGET', (redis) => redis.hmget(this.#hashes[0], ...some.map(plain)));
      for (const [nth, number] of numbers.entries()) if (number !== null) known.set(some[nth]!, Number(number));
    }
    return known;
  }

  #run(script: RedisScript<null>, args: readonly (string | number)[]): Promise<null> {
    return this.#redis.ask(`EVALSHA ${script.name}`, (redis) => script.run(redis, [...this.#hashes, ...args]));
  }
}

function* portions<Item>(items: readonly Item[]): Iterable<Item[]> {
  for (let from = 0; from < items.length; from += atOnce) yield items.slice(from, from + atOnce);
}

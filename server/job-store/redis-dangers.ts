import type { Redis } from 'ioredis';

/** What `INFO` tells, and what is to be said when it does. */
const dangers: readonly { readonly section: string; readonly sign: RegExp; readonly say: (value: string) => string }[] = [
  {
    section: 'persistence',
    sign: /^aof_enabled:(0)/m,
    say: () => 'Redis keeps no append-only file (appendonly no): when it stops, the latest jobs are lost.',
  },
  {
    section: 'memory',
    sign: /^maxmemory_policy:(?!noeviction)([\w-]+)/m,
    say: (policy) => `Redis may throw jobs away when its memory is full (maxmemory-policy ${policy}, and not noeviction).`,
  },
  {
    section: 'cluster',
    sign: /^cluster_enabled:(1)/m,
    say: () => 'Redis runs as a cluster, which this program cannot use: its scripts need all keys in one place.',
  },
];

/** How this Redis endangers the records. Services that keep this to themselves are taken to know what they do. */
export async function redisDangers(redis: Redis): Promise<string[]> {
  const found = await Promise.all(
    dangers.map(async ({ section, sign, say }) => {
      const value = sign.exec(await info(redis, section))?.[1];
      return value === undefined ? [] : [say(value)];
    }),
  );
  return found.flat();
}

async function info(redis: Redis, section: string): Promise<string> {
  try {
    return await redis.info(section);
  } catch (error) {
    if (error instanceof Error && error.name === 'ReplyError') return '';
    throw error;
  }
}

import { Redis, type RedisOptions } from 'ioredis';

const lasting = {
  // One that goes silent without closing is given up. A blocking read of BullMQ lasts 10 s at most.
  socketTimeout: 15_000,
  connectTimeout: 5000,
  keepAlive: 10_000,
  retryStrategy: (times: number) => Math.min(times * 100, 1000),
  // While Redis reads its data back after a restart, it is asked every second whether it is done.
  maxLoadingRetryTime: 1000,
  // After a failover the address leads to another machine; the one that is held on to can only be read by now.
  reconnectOnError: (error: Error) => error.message.startsWith('READONLY'),
} satisfies RedisOptions;

/** How a connection listens: it comes back by itself, however long Redis was away, and says then what it had to say. */
export const listeningOptions = { ...lasting, maxRetriesPerRequest: null } satisfies RedisOptions;

// A command that is given up also ends the work that would have gone on with its answer.
const impatient = { socketTimeout: 5000, commandTimeout: 1500, enableOfflineQueue: false, maxRetriesPerRequest: 0 } satisfies RedisOptions;

/** For questions that somebody waits for: each fails at once while Redis is away, and soon when it is silent. */
export function connectAsking(url: string): Redis {
  return withoutNoise(new Redis(url, { ...lasting, ...impatient }));
}

export function connectListening(url: string): Redis {
  return withoutNoise(new Redis(url, listeningOptions));
}

/** A connection tries again by itself; who uses it hears of the error with the question that failed. */
function withoutNoise(redis: Redis): Redis {
  return redis.on('error', () => {});
}

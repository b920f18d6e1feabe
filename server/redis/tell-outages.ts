import type { Redis } from 'ioredis';
import type { Log } from '../downloads/ports.ts';
import { inWords } from './reach-redis.ts';

/** Tells operators once that Redis is away, and once that it is back, however often the connection tries in between. */
export function tellOutages(redis: Redis, log: Pick<Log, 'info' | 'warn'>): void {
  let isAway = false;
  const onAway = (error: Error | null) => {
    if (isAway || redis.status === 'end') return;
    isAway = true;
    log.warn({ reason: error && inWords(error).message }, 'Redis is away');
  };
  redis.on('error', onAway);
  redis.on('close', () => onAway(null));
  redis.on('ready', () => {
    if (isAway) log.info({}, 'Redis is back');
    isAway = false;
  });
}

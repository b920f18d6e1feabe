import type { Redis } from 'ioredis';
import type { Log } from '../downloads/ports.ts';
import { inWords } from './reach-redis.ts';

/**
 * Tells operators once that Redis is away, and once that it is back, however often the connection tries in between. The
 * function that is returned ends it: a connection that is closed on purpose may look like an outage.
 */
export function tellOutages(redis: Redis, log: Pick<Log, 'info' | 'warn'>): () => void {
  let isAway = false;
  const onAway = (error?: Error) => {
    if (!isAway) log.warn({ reason: error && inWords(error).message }, 'Redis is away');
    isAway = true;
  };
  const onClose = () => onAway();
  const onReady = () => {
    if (isAway) log.info({}, 'Redis is back');
    isAway = false;
  };
  redis.on('error', onAway).on('close', onClose).on('ready', onReady);
  return () => void redis.off('error', onAway).off('close', onClose).off('ready', onReady);
}

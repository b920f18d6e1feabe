import { Queue } from 'bullmq';
import type { Redis } from 'ioredis';

/** With what the keys of the distributed mode begin, and BullMQ's name for the line. */
export const usualPrefix = 'download';
export const lineName = 'queue';

/** BullMQ's hold on the line, over a connection that stays the caller's. */
export function openLine(redis: Redis, prefix: string): Queue {
  const line = new Queue(lineName, {
    connection: redis,
    prefix,
    // A first question that is lost in an outage would never be asked again.
    skipVersionCheck: true,
    defaultJobOptions: { attempts: 1, removeOnComplete: true, removeOnFail: true },
    streams: { events: { maxLen: 100 } },
  });
  // The connection tells of its outages itself.
  return line.on('error', () => {});
}

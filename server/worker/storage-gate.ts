import { StorageFault } from '../downloads/faults.ts';
import type { ObjectStore, Ports } from '../downloads/ports.ts';

const trustedForMs = 5000;

/** Tells whether artifacts can be kept just now, and whether there is room for any, asking the store at most every 5 s. */
export function storageGate({ objects, now, log }: Pick<Ports, 'objects' | 'now' | 'log'>): () => Promise<boolean> {
  let askedAt = -Infinity;
  let answer: Promise<boolean> = Promise.resolve(true);
  return () => {
    if (now() - askedAt < trustedForMs) return answer;
    askedAt = now();
    answer = isUsable(objects).catch((error: unknown) => {
      log.warn({ err: error }, 'storage is away: no job is begun');
      return false;
    });
    return answer;
  };
}

export const askAgainMs = trustedForMs;

async function isUsable(objects: ObjectStore): Promise<boolean> {
  await objects.check();
  if (!objects.hasRoomFor || (await objects.hasRoomFor(0))) return true;
  throw new StorageFault('storage-unavailable', 'The disk is nearly full.');
}

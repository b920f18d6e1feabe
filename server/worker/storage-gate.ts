import type { Ports } from '../downloads/ports.ts';

const trustedForMs = 5000;

/** Tells whether artifacts can be kept just now, asking the store at most every 5 s. */
export function storageGate({ objects, now, log }: Pick<Ports, 'objects' | 'now' | 'log'>): () => Promise<boolean> {
  let askedAt = -Infinity;
  let answer: Promise<boolean> = Promise.resolve(true);
  return () => {
    if (now() - askedAt < trustedForMs) return answer;
    askedAt = now();
    answer = objects.check().then(
      () => true,
      (error: unknown) => {
        log.warn({ err: error }, 'storage is away: no job is begun');
        return false;
      },
    );
    return answer;
  };
}

export const askAgainMs = trustedForMs;

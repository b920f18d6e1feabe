import type { ShelfStorage } from './shelf.ts';

const sound = /^[\w-]{1,64}$/;

interface BrowserUser {
  userId: string;
  /** It was here before: the server may remember it. */
  returning: boolean;
}

/**
 * This browser's own name towards the server, random and kept, so that its history is its own. One that somebody broke is
 * made anew; where none can be kept it lasts as long as the page.
 */
export function browserUser(storage: ShelfStorage | null): BrowserUser {
  const fresh = crypto.randomUUID();
  try {
    const kept = storage?.getItem('userId') ?? '';
    if (sound.test(kept)) return { userId: kept, returning: true };
    storage?.setItem('userId', fresh);
  } catch {
    // Full or forbidden.
  }
  return { userId: fresh, returning: false };
}

/** The browser's storage, or null where even looking at it is forbidden. */
export function browserStorage(): Storage | null {
  try {
    return globalThis.localStorage;
  } catch {
    return null;
  }
}

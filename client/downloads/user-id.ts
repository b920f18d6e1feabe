import type { ShelfStorage } from './shelf.ts';

let inMemory: string | null = null;

/** This browser's own name towards the server, random and kept, so that its history is its own. */
export function browserUserId(storage: ShelfStorage | null): string {
  try {
    const kept = storage?.getItem('userId');
    if (kept) return kept;
    inMemory ??= crypto.randomUUID();
    storage?.setItem('userId', inMemory);
  } catch {
    inMemory ??= crypto.randomUUID();
  }
  return inMemory ?? crypto.randomUUID();
}

/** The browser's storage, or null where even looking at it is forbidden. */
export function browserStorage(): Storage | null {
  try {
    return globalThis.localStorage;
  } catch {
    return null;
  }
}

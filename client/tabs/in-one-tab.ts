import { tabLocks } from './tab-parts.ts';

const settleMs = 250;

/**
 * Does something in one tab at a time. A second tab that wants the same waits until the first has done it or is closed, and
 * then a moment longer, so that it has heard of what the first did: the work looks for itself whether it is still wanted.
 * Without locks each tab does it.
 */
export async function inOneTab(name: string, work: () => Promise<void>): Promise<void> {
  const release = await lockOf(name);
  try {
    await work();
  } finally {
    release();
  }
}

/** Resolves once this tab holds the lock, with what gives it back. */
function lockOf(name: string): Promise<() => void> {
  const locks = tabLocks();
  return new Promise((resolve) => {
    const hold = () => new Promise<void>((release) => resolve(release));
    const holdIfFree = (lock: Lock | null) => (lock ? hold() : waitInLine());
    const waitInLine = () => void locks?.request(name, () => settle().then(hold));
    if (!locks) resolve(() => {});
    else locks.request(name, { ifAvailable: true }, holdIfFree).catch(() => resolve(() => {}));
  });
}

const settle = () => new Promise((wake) => setTimeout(wake, settleMs));

import { existsSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

export interface ProcessLock {
  release(): void;
}

/** Kept from the garbage collector, which would close them and so let go of the lock. */
const held = new Set<DatabaseSync>();

/**
 * Makes this process the only one that works with the folder, until it lets go or dies, however it dies: the lock is
 * the system's, on a file whose presence means nothing. Rejects when another process has it.
 */
export async function acquireProcessLock(dataDir: string): Promise<ProcessLock> {
  mkdirSync(dataDir, { recursive: true });
  const lock = new DatabaseSync(lockFile(dataDir), { timeout: 0 });
  try {
    lock.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    lock.close();
    if (!isHeldElsewhere(error)) throw error;
    throw new Error(
      `Another process is already working with the data folder ${resolve(dataDir)}. Stop it, or choose another DATA_DIR.`,
      { cause: error },
    );
  }
  held.add(lock);
  return {
    release() {
      if (held.delete(lock)) lock.close();
    },
  };
}

/** Whether some process works with the folder just now. */
export function isProcessLocked(dataDir: string): boolean {
  if (!existsSync(lockFile(dataDir))) return false;
  // Looking in keeps others out for a moment as well, though not from looking in.
  const lock = new DatabaseSync(lockFile(dataDir), { timeout: 0 });
  try {
    lock.prepare('SELECT count(*) FROM sqlite_schema').get();
    return false;
  } catch (error) {
    if (!isHeldElsewhere(error)) throw error;
    return true;
  } finally {
    lock.close();
  }
}

function lockFile(dataDir: string): string {
  return join(dataDir, 'process.lock');
}

function isHeldElsewhere(error: unknown): boolean {
  const sqliteBusy = 5;
  return error instanceof Error && 'errcode' in error && (Number(error.errcode) & 0xff) === sqliteBusy;
}

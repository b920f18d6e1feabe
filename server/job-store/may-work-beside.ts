import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { databaseFile, isOutdated } from './open-database.ts';
import { isProcessLocked } from './process-lock.ts';

/** Throws when an operator's command cannot work with the folder: there are no records, or a running program would not survive it. */
export function mayWorkBeside(dataDir: string): void {
  if (!existsSync(databaseFile(dataDir))) {
    throw new Error(`There are no records in ${resolve(dataDir)}. Run this where the program runs, with its DATA_DIR.`);
  }
  if (isProcessLocked(dataDir) && isOutdated(dataDir)) {
    throw new Error('The program that is running is of an older version than this command. Restart it first.');
  }
}

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { inTransaction } from './transaction.ts';
import { migrations } from './migrations.ts';

/**
 * How long a write waits for another process's. It waits with the whole process, so not for long; who is refused is
 * told to come again.
 */
const busyTimeoutMs = 250;
/** The same while opening, when nobody else in this process waits, and other starters may be making the tables. */
const openingTimeoutMs = 10_000;

/**
 * Opens the database in the data folder, made or brought up to date when needed. What was committed survives the
 * death of the process and of the machine.
 */
export function openDatabase(dataDir: string, steps: readonly string[] = migrations): DatabaseSync {
  mkdirSync(dataDir, { recursive: true });
  const file = databaseFile(dataDir);
  const database = new DatabaseSync(file, { timeout: openingTimeoutMs });
  try {
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;');
    inTransaction(database, () => migrate(database, file, steps));
    database.exec(`PRAGMA busy_timeout = ${busyTimeoutMs}`);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** Where the records of a data folder lie. */
export function databaseFile(dataDir: string): string {
  return join(dataDir, 'records.sqlite');
}

/** Whether opening the database brings it up to date, which an older version that works with it would not survive. */
export function isOutdated(dataDir: string): boolean {
  const database = new DatabaseSync(databaseFile(dataDir), { readOnly: true, timeout: busyTimeoutMs });
  try {
    return versionOf(database) < migrations.length;
  } finally {
    database.close();
  }
}

function versionOf(database: DatabaseSync): number {
  return Number(database.prepare('PRAGMA user_version').get()!['user_version']);
}

function migrate(database: DatabaseSync, file: string, steps: readonly string[]): void {
  const version = versionOf(database);
  if (version > steps.length) {
    throw new Error(
      `${file} was written by a newer version of this program (tables ${version}, known here are ${steps.length}). ` +
        'Start that version, or choose another DATA_DIR.',
    );
  }
  for (const step of steps.slice(version)) database.exec(step);
  database.exec(`PRAGMA user_version = ${steps.length}`);
}

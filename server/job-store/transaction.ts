import type { DatabaseSync } from 'node:sqlite';

/**
 * Runs reads and writes as one step over all processes. It takes the right to write before the first read: one that
 * is only taken at the first write can come too late, when what was read is no longer true.
 */
export function inTransaction<T>(database: DatabaseSync, work: () => T): T {
  database.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    database.exec('COMMIT');
    return result;
  } catch (error) {
    // Some errors (a full disk) have already rolled back.
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}

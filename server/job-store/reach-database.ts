import { StoreUnavailable } from '../downloads/errors.ts';

/** SQLite's primary result codes that speak of the database and its disk, rather than of a mistake in the program. */
const unusable = new Set([
  3, // PERM
  5, // BUSY
  6, // LOCKED
  7, // NOMEM
  8, // READONLY
  10, // IOERR
  11, // CORRUPT
  13, // FULL
  14, // CANTOPEN
  15, // PROTOCOL
  22, // NOLFS
  23, // AUTH
  26, // NOTADB
]);

/** Runs the work; when the database cannot be used, the caller sees the port's `StoreUnavailable`. */
export function reachDatabase<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw isUnusable(error) ? new StoreUnavailable(error) : error;
  }
}

function isUnusable(error: unknown): boolean {
  if (!(error instanceof Error) || !('code' in error)) return false;
  if (error.code === 'ERR_INVALID_STATE') return true; // closed
  // The low byte is the primary code; the rest tells it more closely.
  return error.code === 'ERR_SQLITE_ERROR' && 'errcode' in error && unusable.has(Number(error.errcode) & 0xff);
}

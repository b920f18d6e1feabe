import { BadCursor } from '../downloads/errors.ts';
import type { Named } from './by-name.ts';

/** The row after which a page begins; `start` is before the first in order, after the one that was asked for by its number. */
export type PageStart = Named | 'start';

/** Names a row rather than a position: files that come or go between two pages shift nothing. */
export function writeCursor(after: PageStart): string {
  const words = after === 'start' ? [] : [after.fileName, after.fileId];
  return Buffer.from(JSON.stringify(words)).toString('base64url');
}

/** Rejects what `writeCursor` never wrote. */
export function readCursor(cursor: string): PageStart {
  const words = parse(cursor);
  if (!Array.isArray(words)) throw new BadCursor();
  if (words.length === 0) return 'start';
  const [fileName, fileId, ...more] = words as unknown[];
  if (typeof fileName !== 'string' || !Number.isSafeInteger(fileId) || more.length > 0) throw new BadCursor();
  return { fileName, fileId: Number(fileId) };
}

function parse(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    throw new BadCursor();
  }
}

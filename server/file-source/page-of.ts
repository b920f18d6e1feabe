import type { CatalogueQuestion } from '../downloads/ports.ts';
import { byName, type Named } from './by-name.ts';
import { readCursor, writeCursor } from './catalogue-cursor.ts';

export interface Page<Row> {
  readonly rows: Row[];
  readonly total: number;
  readonly next: string | null;
}

/**
 * One page of what matches, in the order of `byName`, in which `sorted` must be. `exact` is the file whose number was
 * asked for; it comes first, also when it is not among the sorted ones.
 */
export function pageOf<Row extends Named>(sorted: readonly Row[], { query, limit, cursor }: CatalogueQuestion, exact: Row | null): Page<Row> {
  const wanted = query.trim();
  const rest = sorted.filter((row) => row.fileId !== exact?.fileId && matches(row, wanted));
  const start = cursor === null ? null : readCursor(cursor);
  const head = exact && start === null ? [exact] : [];
  const from = start === null || start === 'start' ? 0 : rest.findIndex((row) => byName(row, start) > 0);
  const tail = from < 0 ? [] : rest.slice(from, from + limit - head.length);
  const moreAfter = from >= 0 && from + tail.length < rest.length;
  return {
    rows: [...head, ...tail],
    total: rest.length + (exact ? 1 : 0),
    next: moreAfter ? writeCursor(tail.at(-1) ?? 'start') : null,
  };
}

/** The number that a query is, if it is one. */
export function numberAsked(query: string): number | null {
  const text = query.trim().replace(/^#/, '');
  const number = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  return Number.isSafeInteger(number) ? number : null;
}

function matches({ fileName, fileId }: Named, wanted: string): boolean {
  return folded(fileName).includes(folded(wanted)) || String(fileId).startsWith(wanted);
}

function folded(text: string): string {
  return text.normalize('NFC').toLowerCase();
}

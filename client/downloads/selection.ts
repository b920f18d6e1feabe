import { useSyncExternalStore } from 'react';
import { listedRows } from './listed-rows.ts';
import type { Row } from './rows.ts';

let chosen: ReadonlySet<string> = new Set();
let last: string | null = null;
const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

const read = () => chosen;

/** The ids of the selected rows. */
export const useSelection = () => useSyncExternalStore(subscribe, read);

/** The selected rows, in the order of the list. */
export const selectedRows = (): Row[] => listedRows().filter(({ rowId }) => chosen.has(rowId));

export function select(rowIds: Iterable<string>): void {
  chosen = new Set(rowIds);
  for (const listener of listeners) listener();
}

/** Selects a row or lets it go; with `range` all from the last one touched to this one are selected. */
export function toggleSelected(rowId: string, range = false): void {
  const order = listedRows().map((row) => row.rowId);
  const [from, to] = [order.indexOf(last ?? ''), order.indexOf(rowId)];
  const next = new Set(chosen);
  if (range && from !== -1) for (const one of order.slice(Math.min(from, to), Math.max(from, to) + 1)) next.add(one);
  else if (!next.delete(rowId)) next.add(rowId);
  last = rowId;
  select(next);
}

/** Lets go what the list no longer shows: nothing unseen is acted on. */
export function selectOnly(shown: readonly Row[]): void {
  const left = shown.filter(({ rowId }) => chosen.has(rowId));
  if (left.length < chosen.size) select(left.map(({ rowId }) => rowId));
}

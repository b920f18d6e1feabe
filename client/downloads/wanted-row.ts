import { useSyncExternalStore } from 'react';

let wanted: string | null = null;
const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

const read = () => wanted;

/** The row that the focus is to go to, wherever in the list it stands. */
export const useWantedRow = () => useSyncExternalStore(subscribe, read);

export function wantRow(rowId: string): void {
  if (rowId === wanted) return;
  wanted = rowId;
  for (const listener of listeners) listener();
}

import { useState, type SyntheticEvent } from 'react';
import { filterLooks, type Filter } from './filters.ts';
import type { Row } from './rows.ts';

const lastLookMs = 4000;
const settleMs = 1000;

/** The rows that are shown, by their ids, and when the filter let them go: null for those that it keeps. */
type Shown = ReadonlyMap<string, number | null>;

/**
 * The rows under a filter. One that no longer belongs there shows its last state for 4 s, and for as long as somebody's
 * pointer or focus is in the list. Spread `hands` onto the list, so that this is known.
 */
export function useShownRows(rows: readonly Row[], filter: Filter, now: number) {
  const [last, setLast] = useState<{ filter: Filter; shown: Shown }>({ filter, shown: new Map() });
  const [heldUntil, setHeldUntil] = useState(0);
  const before = last.filter === filter ? last.shown : new Map<string, null>();
  const shown = nextShown(before, rows, filterLooks[filter].keeps, now, now < heldUntil);
  if (last.filter !== filter || !isSame(last.shown, shown)) setLast({ filter, shown });

  const hold = () => setHeldUntil(Infinity);
  const letGoUnless = (stillThere: string) => (event: SyntheticEvent) => {
    if (!event.currentTarget.matches(stillThere)) setHeldUntil(Date.now() + settleMs);
  };
  const hands = { onPointerEnter: hold, onFocus: hold, onPointerLeave: letGoUnless(':focus-within'), onBlur: letGoUnless(':hover') };
  return { shown: rows.filter((row) => shown.has(row.rowId)), hands };
}

function nextShown(before: Shown, rows: readonly Row[], keeps: (row: Row) => boolean, now: number, held: boolean): Shown {
  const next = new Map<string, number | null>();
  for (const row of rows) {
    const letGoAt = before.get(row.rowId);
    if (keeps(row)) next.set(row.rowId, null);
    else if (letGoAt === null) next.set(row.rowId, now);
    else if (letGoAt !== undefined && (held || now < letGoAt + lastLookMs)) next.set(row.rowId, letGoAt);
  }
  return next;
}

function isSame(one: Shown, other: Shown): boolean {
  return one.size === other.size && [...one].every(([rowId, letGoAt]) => other.get(rowId) === letGoAt);
}

import { useState, type SyntheticEvent } from 'react';
import { filterLooks } from './filters.ts';
import { nextShown, type Shown } from './next-shown.ts';
import type { Row } from './rows.ts';
import { isFound } from './search-rows.ts';
import { sortRows } from './sort-rows.ts';
import type { View } from './view.ts';

const settleMs = 1000;

/**
 * The rows of a view, in its order, and how many wait until nobody's pointer or focus is in the list. Spread `hands` onto the list,
 * so that this is known; `letIn` shows what waits at once.
 */
export function useShownRows(rows: readonly Row[], { filter, search, sort }: View, now: number) {
  const view = `${filter} ${sort} ${search}`;
  const [last, setLast] = useState<{ view: string; shown: readonly Shown[] }>({ view: '', shown: [] });
  const [heldUntil, setHeldUntil] = useState(0);
  const keeps = (row: Row) => filterLooks[filter].keeps(row) && (search === '' || isFound(row, search));
  const before = last.view === view ? last.shown : null;
  const { shown, waiting } = nextShown(before, sortRows(rows, sort), { now, held: now < heldUntil, keeps });
  if (!before || !isSame(before, shown)) setLast({ view, shown });

  const hold = () => setHeldUntil(Infinity);
  const letGoUnless = (stillThere: string) => (event: SyntheticEvent) => {
    if (!event.currentTarget.matches(stillThere)) setHeldUntil(Date.now() + settleMs);
  };
  const hands = { onPointerMove: hold, onFocus: hold, onPointerLeave: letGoUnless(':focus-within'), onBlur: letGoUnless(':hover') };
  return { shown, waiting, hands, letIn: () => setHeldUntil(0) };
}

function isSame(one: readonly Shown[], other: readonly Shown[]): boolean {
  const same = (entry: Shown, index: number) => {
    const { row, letGoAt, goneAt } = other[index]!;
    const sameRow = entry.row.rowId === row.rowId && entry.row.tracked === row.tracked && entry.row.state === row.state;
    return sameRow && entry.letGoAt === letGoAt && entry.goneAt === goneAt;
  };
  return one.length === other.length && one.every(same);
}

import { useLayoutEffect, useRef, useState, type FocusEvent } from 'react';
import type { Row } from './rows.ts';

/**
 * The list is one tab stop: `current` is the row that Tab leads to. When the row with the focus goes, the focus passes to the
 * next one, and when a button in it goes, to its row. `list` is the list's element.
 */
export function useListFocus(rows: readonly Row[]) {
  const list = useRef<HTMLDivElement>(null);
  const within = useRef<{ rowId: string; index: number } | null>(null);
  const [wanted, setWanted] = useState<string | null>(null);
  const current = rows.some(({ rowId }) => rowId === wanted) ? wanted : (rows[0]?.rowId ?? null);

  const note = (element: Element | null) => {
    const rowId = element?.closest<HTMLElement>('[data-row-id]')?.dataset.rowId;
    const index = rows.findIndex((row) => row.rowId === rowId);
    if (rowId === undefined || index === -1) return false;
    within.current = { rowId, index };
    return true;
  };

  useLayoutEffect(() => {
    // A dialog that closes gives the focus back while React hears no events.
    const { activeElement } = document;
    if (list.current?.contains(activeElement) && note(activeElement)) return;
    const was = within.current;
    if (!was) return;
    const still = rows.findIndex(({ rowId }) => rowId === was.rowId);
    const heir = rows[still === -1 ? Math.min(was.index, rows.length - 1) : still];
    const element = heir && list.current?.querySelector<HTMLElement>(`[data-row-id="${CSS.escape(heir.rowId)}"]`);
    (element ?? list.current)?.focus({ preventScroll: true });
  });

  const onFocus = ({ target }: FocusEvent) => {
    if (note(target)) setWanted(within.current?.rowId ?? null);
  };
  const onBlur = () => {
    within.current = null;
  };
  return { list, current, onFocus, onBlur };
}

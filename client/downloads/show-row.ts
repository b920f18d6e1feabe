import { changeView, currentView } from './view.ts';
import { wantRow } from './wanted-row.ts';

const framesToWait = 60;

/** Brings an active row into the list, and the focus to it once it is drawn and the dialog before it has given the focus back. */
export function showRow(rowId: string): void {
  const { filter, search } = currentView();
  const hides = search !== '' || (filter !== 'all' && filter !== 'active');
  if (hides) changeView({ filter: 'all', search: '' }, { replace: true });
  focusRow(rowId);
}

/** The focus goes to a row, as soon as that is drawn. */
export function focusRow(rowId: string): void {
  wantRow(rowId);
  requestAnimationFrame(() => focusWhenDrawn(rowId, framesToWait));
}

function focusWhenDrawn(rowId: string, frames: number): void {
  requestAnimationFrame(() => {
    const row = document.querySelector<HTMLElement>(`[data-row-id="${CSS.escape(rowId)}"]`);
    const notYet = !row || document.querySelector('dialog[open]') !== null;
    if (notYet && frames > 0) return focusWhenDrawn(rowId, frames - 1);
    row?.focus({ preventScroll: true });
    row?.scrollIntoView({ block: 'nearest' });
  });
}

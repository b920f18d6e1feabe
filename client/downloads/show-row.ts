import { changeView, currentView } from './view.ts';
import { wantRow } from './wanted-row.ts';

const framesToWait = 60;

/** Brings an active row into the list, and the focus to it once it is drawn and the dialog before it has given the focus back. */
export function showRow(rowId: string): void {
  const { filter, search } = currentView();
  const hides = search !== '' || (filter !== 'all' && filter !== 'active');
  if (hides) changeView({ filter: 'all', search: '' }, { replace: true });
  requestAnimationFrame(() => focusRow(rowId));
}

/** The focus goes to a row: at once where that can be, so that no key of somebody who is quick is lost, else as soon as it is drawn. */
export function focusRow(rowId: string, frames = framesToWait): void {
  wantRow(rowId);
  const row = document.querySelector<HTMLElement>(`[data-row-id="${CSS.escape(rowId)}"]`);
  const notYet = !row || document.querySelector('dialog[open]') !== null;
  if (notYet && frames > 0) return void requestAnimationFrame(() => focusRow(rowId, frames - 1));
  row?.focus({ preventScroll: true });
  row?.scrollIntoView({ block: 'nearest' });
}

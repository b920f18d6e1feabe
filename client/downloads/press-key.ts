import type { Downloads } from './downloads-context.tsx';
import { filters } from './filters.ts';
import { openDetails } from './job-address.tsx';
import { jobLink } from './job-link.ts';
import { listedRows } from './listed-rows.ts';
import { offerOf } from './row-actions.tsx';
import { isActive } from './row-state.ts';
import type { Row } from './rows.ts';
import { select, selectedRows, toggleSelected } from './selection.ts';
import { focusRow } from './show-row.ts';
import { changeView } from './view.ts';

interface Around extends Pick<Downloads, 'act' | 'toasts'> {
  blocked: boolean;
  onHelp: () => void;
}

const framesToWait = 60;
const bulkKeys: Record<string, string> = { d: 'D', c: 'C', Delete: 'Delete' };

/** Does what a key stands for: with the selection where there is one, otherwise with the row that has the focus. */
export function pressKey(event: Pick<KeyboardEvent, 'key' | 'shiftKey'>, around: Around): void {
  const { toasts, onHelp } = around;
  // Asked for now: of two quick presses the first may have moved the focus since.
  const rowId = document.activeElement?.closest<HTMLElement>('[data-row-id]')?.dataset.rowId;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const filter = filters[Number(key) - 1];
  const toast = toasts.current();
  if (filter) changeView({ filter });
  else if (key === 'a') select(listedRows().map((row) => row.rowId));
  else if (key === 'Escape') select([]);
  else if (key === '/') document.getElementById('search')?.focus();
  else if (key === '?') onHelp();
  else if (key === 'z' && toast?.action?.reverts) toasts.act(toast.id);
  else if (key === 'j' || key === 'ArrowDown') step(rowId, 1);
  else if (key === 'k' || key === 'ArrowUp') step(rowId, -1);
  else if (selectedRows().length > 0 && bulkKeys[key]) pressBulk(bulkKeys[key]);
  else {
    const row = listedRows().find((one) => one.rowId === rowId);
    if (row) pressOnRow(key, event.shiftKey, row, around);
  }
}

function step(rowId: string | undefined, by: number): void {
  const ids = listedRows().map((row) => row.rowId);
  const from = rowId ?? document.querySelector<HTMLElement>('[data-row-id][tabindex="0"]')?.dataset.rowId;
  const at = ids.indexOf(from ?? '');
  const next = ids[rowId === undefined ? Math.max(0, at) : Math.min(Math.max(0, at + by), ids.length - 1)];
  if (next !== undefined) focusRow(next);
}

/** Presses the button of the bar, which may have to come first. */
function pressBulk(keys: string, frames = framesToWait): void {
  const bar = document.querySelector('.bulk-bar');
  if (!bar && frames > 0) requestAnimationFrame(() => pressBulk(keys, frames - 1));
  bar?.querySelector<HTMLElement>(`[aria-keyshortcuts="${keys}"]`)?.click();
}

function pressOnRow(key: string, shiftKey: boolean, row: Row, { act, blocked }: Around): void {
  const { rowId, job, intent, state } = row;
  if (key === 'x') return toggleSelected(rowId, shiftKey);
  if (key === 'c' && intent) return act((actions) => actions.discard(intent));
  if (!job) return;
  if (key === 'Enter') return openDetails(job.jobId);
  if (key === 'l') return act((actions) => void actions.copy(jobLink(job.jobId), 'Link'));
  if (blocked) return;
  const offer = offerOf(row, { artifactBytes: null, deadlineMs: null });
  if (key === 'd' && (offer === 'download' || offer === 'download-again')) act((actions) => void actions.download(job));
  if (key === 'c' && isActive(state)) act((actions) => void actions.cancel(job));
  if (key === 'r' && !isActive(state)) act((actions) => actions.askAgain(job.jobId));
  if (key === 'Delete' && job.settled) act((actions) => actions.remove([job]));
}

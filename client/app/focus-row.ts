/** Gives a row the focus once it is drawn and the dialog before it has handed the focus back. */
export function focusRow(rowId: string): void {
  requestAnimationFrame(() => {
    requestAnimationFrame(() => {
      const row = document.querySelector<HTMLElement>(`[data-row-id="${CSS.escape(rowId)}"]`);
      row?.focus({ preventScroll: true });
      row?.scrollIntoView({ block: 'nearest' });
    });
  });
}

import type { Row } from './rows.ts';

let listed: readonly Row[] = [];

/** The rows as they stand in the list now, for whoever walks along them. */
export const listedRows = () => listed;

export function setListedRows(rows: readonly Row[]): void {
  listed = rows;
}

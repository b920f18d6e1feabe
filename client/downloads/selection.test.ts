import { beforeEach, expect, test } from 'vitest';
import { aRow } from '../testing/a-row.ts';
import { setListedRows } from './listed-rows.ts';
import { select, selectedRows, selectOnly, toggleSelected } from './selection.ts';

const rows = ['a', 'b', 'c', 'd'].map((rowId) => aRow({ rowId }));
const ids = () => selectedRows().map(({ rowId }) => rowId);

beforeEach(() => {
  setListedRows(rows);
  select([]);
});

test('a row is selected and let go', () => {
  toggleSelected('b');
  expect(ids()).toEqual(['b']);
  toggleSelected('b');
  expect(ids()).toEqual([]);
});

test('a range goes from the row touched last, in either direction, and keeps what was selected', () => {
  toggleSelected('d');
  toggleSelected('c');
  toggleSelected('a', true);
  expect(ids()).toEqual(['a', 'b', 'c', 'd']);
});

test('what the list no longer shows is let go', () => {
  select(['a', 'c']);
  setListedRows(rows.slice(0, 2));
  selectOnly(rows.slice(0, 2));
  setListedRows(rows);
  expect(ids()).toEqual(['a']);
});

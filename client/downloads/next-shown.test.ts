import { describe, expect, test } from 'vitest';
import { aRow } from '../testing/a-row.ts';
import { nextShown, type Shown, type ShownFacts } from './next-shown.ts';
import type { Row } from './rows.ts';

const facts: ShownFacts = { now: 10_000, held: false, keeps: () => true };
const held = { ...facts, held: true };
const [first, second] = [aRow({ rowId: 'first', askedAt: 2 }), aRow({ rowId: 'second', askedAt: 1 })];
const fresh = aRow({ rowId: 'fresh', askedAt: 3 });

const firstLook = (rows: readonly Row[]) => nextShown(null, rows, facts).shown;
const idsOf = (shown: readonly Shown[]) => shown.map(({ row, goneAt }) => (goneAt === null ? row.rowId : `(${row.rowId})`));

describe('the list under somebody’s hand', () => {
  const before = firstLook([first, second]);

  test('keeps every row in its place while another order is due', () => {
    expect(idsOf(nextShown(before, [second, first], held).shown)).toEqual(['first', 'second']);
    expect(idsOf(nextShown(before, [second, first], facts).shown)).toEqual(['second', 'first']);
  });

  test('lets a row from another tab wait, and lets it in afterwards', () => {
    expect(nextShown(before, [fresh, first, second], held)).toEqual({ shown: before, waiting: 1 });
    const { shown, waiting } = nextShown(before, [fresh, first, second], facts);
    expect([idsOf(shown), waiting, shown[0]?.arrivedAt]).toEqual([['fresh', 'first', 'second'], 0, 10_000]);
  });

  test('shows what was asked for here at once', () => {
    const own = aRow({ rowId: 'own', askedAt: 4, own: true });
    expect(idsOf(nextShown(before, [own, first, second], held).shown)).toEqual(['own', 'first', 'second']);
  });

  test('takes in older rows where they belong', () => {
    const older = aRow({ rowId: 'older', askedAt: 0 });
    expect(idsOf(nextShown(before, [first, second, older], held).shown)).toEqual(['first', 'second', 'older']);
  });
});

describe('a row that goes', () => {
  test('fades in its place, and is then drawn no more', () => {
    const before = firstLook([fresh, first, second]);
    const { shown } = nextShown(before, [fresh, second], held);
    expect(idsOf(shown)).toEqual(['fresh', '(first)', 'second']);
    expect(idsOf(nextShown(shown, [fresh, second], { ...held, now: 11_000 }).shown)).toEqual(['fresh', 'second']);
  });

  test('comes back whole when that is undone', () => {
    const { shown } = nextShown(firstLook([first, second]), [second], held);
    expect(idsOf(nextShown(shown, [first, second], held).shown)).toEqual(['first', 'second']);
  });
});

import { describe, expect, it } from 'vitest';
import { byName } from './by-name.ts';
import { numberAsked, pageOf, type Page } from './page-of.ts';

const rows = ['part 1', 'part 2', 'part 10', 'Part 10', '12 notes'].map((fileName, n) => ({ fileId: 120 + n, fileName })).toSorted(byName);
const names = (found: typeof rows) => found.map(({ fileName }) => fileName);

describe('pageOf', () => {
  it('sorts as people do', () => {
    expect(names(rows)).toEqual(['12 notes', 'part 1', 'part 2', 'Part 10', 'part 10']);
  });

  it('puts the exact file before all others, once, whatever the size of the pages', () => {
    const exact = rows[3]!;
    for (const limit of [1, 2, 3, 99]) {
      const found: typeof rows = [];
      for (let cursor: string | null = null; ; ) {
        const page: Page<(typeof rows)[0]> = pageOf(rows, { query: '12', limit, cursor }, exact);
        expect(page.rows.length).toBeLessThanOrEqual(limit);
        expect(page.total).toBe(5);
        found.push(...page.rows);
        if (page.next === null) break;
        cursor = page.next;
      }
      expect(names(found)).toEqual(['Part 10', '12 notes', 'part 1', 'part 2', 'part 10']);
    }
  });

  it('goes on after the last row although files came and went between two pages', () => {
    const question = { query: '', limit: 2, cursor: null };
    const { next } = pageOf(rows, question, null);
    const later = rows.filter(({ fileName }) => fileName !== 'part 1').concat({ fileId: 7, fileName: '3 new' }).toSorted(byName);
    expect(names(pageOf(later, { ...question, cursor: next }, null).rows)).toEqual(['part 2', 'Part 10']);
  });

  it('ends without another page when all that was left has gone', () => {
    const { next } = pageOf(rows, { query: '', limit: 4, cursor: null }, null);
    expect(pageOf(rows.slice(0, 2), { query: '', limit: 4, cursor: next }, null)).toEqual({ rows: [], total: 2, next: null });
  });
});

describe('numberAsked', () => {
  it('reads a query that is a number and nothing else', () => {
    expect(['70000', ' #70000 ', '70000 harbour', '', '-1', '1e5', '99999999999999999999'].map(numberAsked)).toEqual([70_000, 70_000, null, null, null, null, null]);
  });
});

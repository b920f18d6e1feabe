import * as z from 'zod/mini';
import { describe, expect, test, vi } from 'vitest';
import { Shelf, type ShelfStorage } from './shelf.ts';

const schema = z.object({ count: z.int() });
const shelfOn = (storage: ShelfStorage | null, onChange = vi.fn()) => new Shelf({ prefix: 'thing_', schema, storage, onChange });

describe('Shelf', () => {
  test('finds after a reload what was put there before', () => {
    shelfOn(localStorage).set('a', { count: 1 });
    expect(shelfOn(localStorage).get('a')).toEqual({ count: 1 });
  });

  test('removes what does not fit, and keeps the rest', () => {
    localStorage.setItem('thing_broken', '{"count":');
    localStorage.setItem('thing_foreign', '{"count":"many"}');
    localStorage.setItem('thing_good', '{"count":2}');
    localStorage.setItem('other', 'stays');
    expect(shelfOn(localStorage).values()).toEqual([{ count: 2 }]);
    expect(Object.keys(localStorage).toSorted()).toEqual(['other', 'thing_good']);
  });

  test('keeps working in memory when storage is full', () => {
    const full: ShelfStorage = {
      length: 0,
      key: () => null,
      getItem: () => null,
      removeItem: () => {},
      setItem: () => {
        throw new DOMException('full', 'QuotaExceededError');
      },
    };
    const shelf = shelfOn(full);
    shelf.set('a', { count: 1 });
    expect(shelf.get('a')).toEqual({ count: 1 });
  });

  test('keeps working in memory when storage is forbidden', () => {
    const shelf = shelfOn(null);
    shelf.set('a', { count: 1 });
    expect(shelf.values()).toEqual([{ count: 1 }]);
  });

  test('takes over what another tab wrote, changed or removed', () => {
    const onChange = vi.fn();
    const shelf = shelfOn(localStorage, onChange);
    shelf.acceptFromOtherTab('thing_a', '{"count":5}');
    expect(shelf.get('a')).toEqual({ count: 5 });
    shelf.acceptFromOtherTab('thing_a', null);
    expect(shelf.get('a')).toBeUndefined();
    expect(onChange).toHaveBeenCalledTimes(2);
  });

  test('keeps its own when another tab wrote what cannot be read', () => {
    const shelf = shelfOn(localStorage);
    shelf.set('a', { count: 1 });
    shelf.acceptFromOtherTab('thing_a', '{"count":');
    expect(shelf.get('a')).toEqual({ count: 1 });
  });

  test('lets its rule choose between two versions of one item', () => {
    const choose = (mine: { count: number }, theirs: { count: number }) => (mine.count > theirs.count ? mine : theirs);
    const shelf = new Shelf({ prefix: 'thing_', schema, storage: localStorage, choose, onChange: () => {} });
    shelf.set('a', { count: 9 });
    shelf.acceptFromOtherTab('thing_a', '{"count":5}');
    expect(shelf.get('a')).toEqual({ count: 9 });
  });
});

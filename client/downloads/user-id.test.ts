import { expect, test } from 'vitest';
import type { ShelfStorage } from './shelf.ts';
import { browserUser } from './user-id.ts';

test('a browser keeps its name, unless somebody has broken it', () => {
  const { userId: first, returning } = browserUser(localStorage);
  expect(returning).toBe(false);
  expect(browserUser(localStorage)).toEqual({ userId: first, returning: true });
  localStorage.setItem('userId', '\uD800'.repeat(300));
  const second = browserUser(localStorage);
  expect(second.userId).not.toBe(first);
  expect(second.returning).toBe(false);
  expect(localStorage.getItem('userId')).toBe(second.userId);
});

test('where nothing can be kept, it has one all the same', () => {
  const forbidden = {
    getItem: () => {
      throw new DOMException('forbidden', 'SecurityError');
    },
  } as unknown as ShelfStorage;
  expect(browserUser(forbidden).userId).toMatch(/^[\w-]{36}$/);
  expect(browserUser(null).userId).toMatch(/^[\w-]{36}$/);
});

import { expect, test } from 'vitest';
import type { ShelfStorage } from './shelf.ts';
import { browserUserId } from './user-id.ts';

test('a browser keeps its name, unless somebody has broken it', () => {
  const first = browserUserId(localStorage);
  expect(browserUserId(localStorage)).toBe(first);
  localStorage.setItem('userId', '\uD800'.repeat(300));
  const second = browserUserId(localStorage);
  expect(second).not.toBe(first);
  expect(localStorage.getItem('userId')).toBe(second);
});

test('where nothing can be kept, it has one all the same', () => {
  const forbidden = {
    getItem: () => {
      throw new DOMException('forbidden', 'SecurityError');
    },
  } as unknown as ShelfStorage;
  expect(browserUserId(forbidden)).toMatch(/^[\w-]{36}$/);
  expect(browserUserId(null)).toMatch(/^[\w-]{36}$/);
});

import { expect, it } from 'vitest';
import { Recent } from './recent.ts';

it('keeps what was used last', () => {
  const recent = new Recent<string>(2);
  recent.keep('a', 'A');
  recent.keep('b', 'B');
  recent.get('a');
  recent.keep('c', 'C');
  expect(['a', 'b', 'c'].map((id) => recent.get(id))).toEqual(['A', undefined, 'C']);
});

it('gives the latest, and nothing of what was dropped', () => {
  const recent = new Recent<string>(2);
  recent.keep('a', 'A');
  recent.keep('a', 'later');
  expect(recent.get('a')).toBe('later');
  recent.drop('a');
  expect(recent.get('a')).toBeUndefined();
  recent.keep('a', 'A');
  recent.clear();
  expect(recent.get('a')).toBeUndefined();
});

it('keeps nothing without room', () => {
  const recent = new Recent<string>(0);
  recent.keep('a', 'A');
  expect(recent.get('a')).toBeUndefined();
});

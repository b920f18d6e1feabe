import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { sortable } from './sortable.ts';

it('is sixteen characters, in the order of the numbers', () => {
  const number = fc.oneof(fc.double({ noNaN: true }), fc.integer(), fc.maxSafeInteger());
  fc.assert(
    fc.property(number, number, (one, other) => {
      const [a, b] = [sortable(one), sortable(other)];
      expect(a).toMatch(/^[\da-f]{16}$/);
      expect(one < other && a >= b).toBe(false);
      expect(sortable(one)).toBe(a);
    }),
  );
});

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { backoffMs } from './backoff.ts';

const policy = { retryBaseMs: 5000, retryCapMs: 60_000 };

it('doubles its ceiling with every failure, up to the cap', () => {
  expect([1, 2, 3, 4, 5, 50].map((failures) => backoffMs(failures, 1, policy))).toEqual([5000, 10_000, 20_000, 40_000, 60_000, 60_000]);
});

it('spreads over the whole span below the ceiling', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 100 }), fc.double({ min: 0, max: 0.999, noNaN: true }), (failures, random) => {
      const wait = backoffMs(failures, random, policy);
      return wait >= 0 && wait <= 60_000 && Math.abs(wait - random * backoffMs(failures, 1, policy)) <= 1;
    }),
  );
});

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { nextPollMs } from './next-poll.ts';

it('is three quarters of what is left, from 1 s to 15 s, and 5 s where nothing is known', () => {
  expect([0, 1000, 4000, 20_000, 3_600_000, null].map((left) => nextPollMs(left, 0.5))).toEqual([1000, 1000, 3000, 15_000, 15_000, 5000]);
});

it('strays by at most a tenth', () => {
  fc.assert(
    fc.property(fc.option(fc.nat(10_000_000)), fc.double({ min: 0, max: 0.999, noNaN: true }), (left, random) => {
      const middle = nextPollMs(left, 0.5);
      const poll = nextPollMs(left, random);
      return Number.isInteger(poll) && poll >= middle * 0.9 - 1 && poll <= middle * 1.1 + 1;
    }),
  );
});

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { priorities } from '#shared/job-status.ts';
import { placeInLine } from './place-in-line.ts';

it('puts high before normal before low, of those that came together', () => {
  expect(priorities.map((priority) => placeInLine(0, priority))).toEqual([0, 60_000, 300_000]);
});

it('keeps the order of coming within a priority, and lets nobody be overtaken by what came 5 min later', () => {
  const job = fc.record({ at: fc.nat(10_000_000), priority: fc.constantFrom(...priorities) });
  fc.assert(
    fc.property(job, job, (one, other) => {
      const first = placeInLine(one.at, one.priority) < placeInLine(other.at, other.priority);
      if (one.priority === other.priority) return first === one.at < other.at;
      return other.at - one.at > 300_000 ? first : true;
    }),
  );
});

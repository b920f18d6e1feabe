import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Line } from './line.ts';

type Step = { readonly add: number; readonly jobId: string } | { readonly remove: string } | 'take the first';

const jobId = fc.integer({ min: 0, max: 15 }).map((n) => `job ${n}`);
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ add: fc.integer({ min: 0, max: 5 }), jobId }),
  fc.record({ remove: jobId }),
  fc.constant('take the first' as const),
);

describe('a line', () => {
  it('stands as a plain list that is sorted after each step would', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
        const line = new Line<{ jobId: string; rank: number }>(({ rank }) => rank);
        let list: { jobId: string; rank: number }[] = [];
        for (const next of steps) {
          if (next === 'take the first') {
            line.remove(line.first?.jobId ?? 'nobody');
            list.shift();
          } else if ('remove' in next) {
            line.remove(next.remove);
            list = list.filter((entry) => entry.jobId !== next.remove);
          } else if (!line.get(next.jobId)) {
            const entry = { jobId: next.jobId, rank: next.add };
            line.add(entry);
            // The sort is stable: equal ranks stay in the order in which they came.
            list = [...list, entry].toSorted((one, other) => one.rank - other.rank);
          }
          expect(line.size).toBe(list.length);
          expect(line.first).toEqual(list[0]);
          expect(list.map((entry) => line.before(entry.jobId))).toEqual([...list.keys()]);
        }
      }),
    );
  });
});

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { priorityOf } from './priority-of.ts';

const dayMs = 86_400_000;
const year2039 = 2_190_000_000_000;
const now = fc.integer({ min: 1_790_000_000_000, max: year2039 });
const place = fc.double({ min: -1e15, max: 1e15, noNaN: true });

describe('the priority of a place', () => {
  it('is one that BullMQ takes, and never the 0 that comes before all others', () => {
    fc.assert(
      fc.property(place, now, (at, present) => {
        const priority = priorityOf(at, present);
        expect(Number.isInteger(priority)).toBe(true);
        expect(priority).toBeGreaterThanOrEqual(1);
        expect(priority).toBeLessThanOrEqual(2 ** 21 - 1);
      }),
    );
  });

  it('never puts the later place first', () => {
    fc.assert(
      fc.property(place, place, now, (one, other, present) => {
        const [sooner, later] = one <= other ? [one, other] : [other, one];
        expect(priorityOf(sooner, present)).toBeLessThanOrEqual(priorityOf(later, present));
      }),
    );
  });

  it('is exact to the second for six days back and six ahead', () => {
    const near = fc.integer({ min: -6 * dayMs, max: 6 * dayMs - 1000 });
    fc.assert(
      fc.property(near, now, (away, present) => {
        const at = present + away;
        expect(priorityOf(at + 1000, present)).toBe(priorityOf(at, present) + 1);
      }),
    );
  });

  it('changes once in twelve days, at the same moment for everybody', () => {
    const eraMs = 2 ** 20 * 1000;
    const change = Math.ceil(1_800_000_000_000 / eraMs) * eraMs;
    const at = change + 3_600_000;
    const before = priorityOf(at, change - 1);
    expect(priorityOf(at, change - eraMs)).toBe(before);
    expect(priorityOf(at, change)).toBe(before - 2 ** 20);
    expect(priorityOf(at, change + eraMs - 1)).toBe(before - 2 ** 20);
  });
});

import { expect, it } from 'vitest';
import { StandStill } from './stand-still.ts';

it('is seen when entries have waited for long with room for them, and none has come', () => {
  const still = new StandStill(30_000);
  expect(still.see(3, true, 0)).toBe(false);
  expect(still.see(3, true, 29_999)).toBe(false);
  expect(still.see(3, true, 30_000)).toBe(true);
});

it.each([
  ['a delivery has come', (still: StandStill) => still.moved()],
  ['nothing waits', (still: StandStill) => still.see(0, true, 20_000)],
  ['there is no room', (still: StandStill) => still.see(3, false, 20_000)],
])('is over when %s', (_when, happen) => {
  const still = new StandStill(30_000);
  still.see(3, true, 0);
  happen(still);
  expect(still.see(3, true, 40_000)).toBe(false);
});

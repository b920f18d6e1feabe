import { expect, it } from 'vitest';
import { SaidSeldom } from './said-seldom.ts';

it('lets the same words through once in a while, and other words at once', () => {
  const said = new SaidSeldom(60_000);
  expect(said.mayBeSaid('away', 0)).toBe(true);
  expect(said.mayBeSaid('away', 59_999)).toBe(false);
  expect(said.mayBeSaid('full', 59_999)).toBe(true);
  expect(said.mayBeSaid('away', 60_000)).toBe(true);
});

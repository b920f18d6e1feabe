import { expect, test } from 'vitest';
import { numberIn } from './use-numbered-file.ts';

test.each([
  ['70412', 3, 70412],
  [' No. 70412 ', 3, 70412],
  ['12', 3, null],
  ['12', 1, 12],
  ['0', 1, null],
  ['survey', 3, null],
  ['70412.pdf', 3, null],
])('reads %j (from %d digits on) as %s', (text, leastDigits, number) => {
  expect(numberIn(text, leastDigits)).toBe(number);
});

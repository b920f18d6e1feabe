import { describe, expect, test } from 'vitest';
import { formatEstimate, formatLife, formatOrdinal, formatSpan } from './spans.ts';

describe('estimates', () => {
  test.each([
    [0, 'a few seconds'],
    [4.9, 'a few seconds'],
    [5, 'about 5 s'],
    [36, 'about 40 s'],
    [57, 'about 1 min'],
    [89, 'about 1 min'],
    [170, 'about 3 min'],
    [7300, 'about 2 h'],
  ])('says %d s as %s', (seconds, words) => {
    expect(formatEstimate(seconds)).toBe(words);
  });

  test.each([
    [60, 90, 'about 1 min'],
    [60, 170, '1 to 3 min'],
    [12, 38, '15 to 40 s'],
    [1, 4, 'a few seconds'],
    [60, 100, '1 to 2 min'],
  ])('gives a range from %d to %d s only when they are far apart: %s', (low, high, words) => {
    expect(formatEstimate(low, high)).toBe(words);
  });
});

describe('spans', () => {
  test.each([
    [59_000, null],
    [60_000, '1 min'],
    [3_599_000, '59 min'],
    [86_399_000, '23 h'],
    [86_400_000, '1 day'],
    [200_000_000, '2 days'],
  ])('rounds a life of %d ms down to %s', (ms, words) => {
    expect(formatLife(ms)).toBe(words);
  });

  test.each([
    [22_000, '22 s'],
    [150_000, '2 min'],
    [1_800_000, '30 min'],
    [86_400_000, '24 h'],
  ])('says a span of %d ms as %s', (ms, words) => {
    expect(formatSpan(ms)).toBe(words);
  });

  test.each([
    [1, '1st'],
    [2, '2nd'],
    [3, '3rd'],
    [11, '11th'],
    [22, '22nd'],
  ])('says place %d as %s', (position, words) => {
    expect(formatOrdinal(position)).toBe(words);
  });
});

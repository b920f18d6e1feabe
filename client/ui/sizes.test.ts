import { describe, expect, test } from 'vitest';
import { formatPart, formatSize } from './sizes.ts';

describe('sizes', () => {
  test.each([
    [0, '0 B'],
    [640, '640 B'],
    [1200, '1.2 kB'],
    [3_000_000, '3 MB'],
    [9_960_000, '10 MB'],
    [640_000_000, '640 MB'],
    [999_600_000, '1 GB'],
    [1_800_000_000, '1.8 GB'],
    [12_400_000_000, '12 GB'],
  ])('says %d bytes as %s', (bytes, words) => {
    expect(formatSize(bytes)).toBe(words);
  });

  test.each([
    [1.1e9, 1.8e9, '1.1 of 1.8 GB'],
    [0, 1.8e9, '0 of 1.8 GB'],
    [940_000, 1.8e9, '940 kB of 1.8 GB'],
    [2e9, 1.8e9, '1.8 of 1.8 GB'],
  ])('says %d of %d as %s', (done, total, words) => {
    expect(formatPart(done, total)).toBe(words);
  });

  test('lets a part be more than the whole where it is over a limit', () => {
    expect(formatPart(12.4e9, 10e9, { beyond: true })).toBe('12.4 of 10 GB');
  });
});

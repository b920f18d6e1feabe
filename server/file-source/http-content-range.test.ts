import { expect, it } from 'vitest';
import { contentRangeOf } from './http-content-range.ts';

it('reads which bytes a part has', () => {
  expect(contentRangeOf('bytes 5-9/10')).toEqual({ start: 5, end: 9, total: 10 });
});

it.each([null, '', 'bytes 5-9/*', 'bytes */10', 'bytes 9-5/10', 'bytes 5-10/10', 'items 5-9/10', 'bytes -5-9/10', 'bytes 5-9/10, bytes 0-1/10'])('reads nothing from %j', (header) => {
  expect(contentRangeOf(header)).toBeNull();
});

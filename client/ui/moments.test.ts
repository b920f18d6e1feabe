import { expect, test } from 'vitest';
import { formatDay, formatMoment, formatMomentWithDay } from './moments.ts';

const local = (text: string) => new Date(text).getTime();
const now = local('2026-07-14T15:00:00');

test.each([
  ['2026-07-14T14:31:00', '14:31', 'Today'],
  ['2026-07-13T17:48:00', 'yesterday 17:48', 'Yesterday'],
  ['2026-07-12T23:59:00', '12 July', '12 July'],
  ['2025-07-12T10:00:00', '12 July 2025', '12 July 2025'],
])('says %s as %s under %s', (moment, words, day) => {
  expect(formatMoment(local(moment), now)).toBe(words);
  expect(formatDay(local(moment), now)).toBe(day);
});

test('names the day of a moment today where the day matters', () => {
  expect(formatMomentWithDay(local('2026-07-14T11:09:00'), now)).toBe('today 11:09');
});

test('calls a moment slightly ahead of this clock today', () => {
  expect(formatDay(now + 3000, now)).toBe('Today');
});

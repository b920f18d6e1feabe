import { describe, expect, test } from 'vitest';
import type { TimelineEntry } from '#shared/job.ts';
import { at, testTime } from '../../testing/a-job.ts';
import { happenings } from './happenings.ts';
import { timeSpans } from './time-spans.ts';

let second = 0;
const entry = (event: string, attempt: number | null = null, detail: string | null = null): TimelineEntry => ({
  at: at(1000 * second++),
  event,
  attempt,
  detail,
});
const failing = (attempt: number, reason = 'The source timed out.') => [
  entry('attempt began', attempt, 'prep-1'),
  entry('attempt failed', attempt, reason),
];
const words = (timeline: TimelineEntry[]) => happenings(timeline).map(({ text, ...rest }) => ('more' in rest && rest.more ? `${text} · ${rest.more}` : text));

describe('what happened', () => {
  test('is told in words', () => {
    const timeline = [
      entry('asked'),
      entry('attempt began', 1, 'prep-2'),
      entry('worker lost', 1, 'prep-2'),
      entry('attempt began', 2, 'prep-1'),
      entry('fetched', 2, '212000000 bytes'),
      entry('completed', 2),
      entry('something new', 2, 'and its detail'),
    ];
    expect(words(timeline)).toEqual([
      'Asked for',
      'Attempt 1 began · on prep-2',
      'Attempt 1 was cut off · prep-2 went silent',
      'Attempt 2 began · on prep-1',
      'Fetched, packing began · 212 MB',
      'Ready',
      'Something new · and its detail',
    ]);
  });

  test('folds attempts that failed for the same reason', () => {
    const timeline = [entry('asked'), ...[1, 2, 3, 4].flatMap((attempt) => failing(attempt)), entry('attempt began', 5, 'prep-1'), entry('failed', 5, 'The source timed out.')];
    expect(words(timeline)).toEqual([
      'Asked for',
      'Attempt 1 began · on prep-1',
      'Attempt 1 stopped · the source timed out',
      'Attempts 2 to 4, same reason',
      'Attempt 5 began · on prep-1',
      'Failed · no attempts left',
    ]);
    expect(happenings(timeline).find((line) => 'inside' in line)?.inside).toHaveLength(6);
  });

  test('folds neither a single attempt nor another reason', () => {
    const timeline = [...failing(1), ...failing(2), ...failing(3, 'The copy was damaged.')];
    expect(words(timeline)).toHaveLength(6);
  });
});

describe('the time of a job', () => {
  test('is in line, attempts and pauses up to its end', () => {
    second = 0;
    const timeline = [entry('asked'), ...failing(1), ...failing(2), entry('attempt began', 3, 'x'), entry('fetched', 3), entry('completed', 3), entry('expired', 3)];
    expect(timeSpans(timeline, testTime + 60_000).map(({ kind, attempt, endsAt }) => [kind, attempt, (endsAt - testTime) / 1000])).toEqual([
      ['line', null, 1],
      ['stopped', 1, 2],
      ['pause', null, 3],
      ['stopped', 2, 4],
      ['pause', null, 5],
      ['finished', 3, 7],
    ]);
  });

  test('goes on to now while it is under way', () => {
    second = 0;
    expect(timeSpans([entry('asked'), entry('attempt began', 1)], testTime + 9000).at(-1)).toMatchObject({ kind: 'under-way', endsAt: testTime + 9000 });
  });
});

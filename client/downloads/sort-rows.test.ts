import { describe, expect, test } from 'vitest';
import { aJob, aPace, aTracked, testTime as now } from '../testing/a-job.ts';
import { aRow } from '../testing/a-row.ts';
import { isFound } from './search-rows.ts';
import { sortRows } from './sort-rows.ts';

const ready = aRow({ rowId: 'ready', name: 'b-2.pdf', size: 3, state: 'ready', askedAt: 1 });
const pace = aPace({ finishAt: now + 9000 });
const late = aRow({ rowId: 'late', name: 'b-10.pdf', size: 9, askedAt: 2, tracked: aTracked(aJob(), { pace }) });
const queued = aJob({ status: 'queued', queue: { position: 1, etaSeconds: 5 } });
const soon = aRow({ rowId: 'soon', name: 'c.pdf', size: 1, askedAt: 3, state: 'queued', job: queued, tracked: aTracked(queued) });
const unknown = aRow({ rowId: 'unknown', name: 'B-1.pdf', size: null, askedAt: 4, tracked: null });
const failed = aRow({ rowId: 'failed', name: 'a.pdf', size: 5, askedAt: 5, state: 'failed' });
const rows = [failed, unknown, soon, late, ready];

describe('the order of the list', () => {
  test.each([
    ['newest', ['failed', 'unknown', 'soon', 'late', 'ready']],
    ['soonest', ['ready', 'soon', 'late', 'unknown', 'failed']],
    ['name', ['failed', 'unknown', 'ready', 'late', 'soon']],
    ['size', ['late', 'failed', 'ready', 'soon', 'unknown']],
  ] as const)('by %s', (sort, order) => {
    expect(sortRows(rows, sort).map((row) => row.rowId)).toEqual(order);
  });
});

describe('the search', () => {
  const row = aRow({ name: 'harbour-survey.laz', job: aJob({ fileIds: [70412] }) });
  test.each(['SURVEY', 'laz harbour', '704', 'No. 70412'])('finds by name and number: %s', (text) => {
    expect(isFound(row, text)).toBe(true);
  });
  test('wants every word', () => {
    expect(isFound(row, 'harbour tide')).toBe(false);
  });
});

import { expect, it } from 'vitest';
import { aJob } from '../testing/a-job.ts';
import { RecentRecords } from './recent-records.ts';

const [first, second, third] = [aJob(), aJob(), aJob()];

it('keeps the records that were used last', () => {
  const recent = new RecentRecords(2);
  recent.keep(first);
  recent.keep(second);
  recent.get(first.jobId);
  recent.keep(third);
  expect([first, second, third].map(({ jobId }) => recent.get(jobId))).toEqual([first, undefined, third]);
});

it('gives the latest version, and nothing of what was dropped', () => {
  const recent = new RecentRecords(2);
  recent.keep(first);
  recent.keep({ ...first, version: 2 });
  expect(recent.get(first.jobId)?.version).toBe(2);
  recent.drop(first.jobId);
  expect(recent.get(first.jobId)).toBeUndefined();
});

it('keeps nothing without room', () => {
  const recent = new RecentRecords(0);
  recent.keep(first);
  expect(recent.get(first.jobId)).toBeUndefined();
});

import { expect, test } from 'vitest';
import { aJob, aTracked } from '../testing/a-job.ts';
import { KeptDownloads } from './kept-downloads.ts';
import { recallJobs } from './recall-jobs.ts';

test('a job that another was asked for in its place gives way to it, wherever either comes from', () => {
  const kept = new KeptDownloads(localStorage);
  const retry = aJob({ jobId: 'retry', retryOf: 'old' });
  kept.follow(retry, aTracked(retry));
  expect(recallJobs(kept, [aJob({ jobId: 'old', status: 'failed' }), aJob({ jobId: 'other', status: 'failed' })])).toBe(true);
  const { jobs, confirmed } = kept.snapshot();
  expect([...jobs].map(([jobId, { replacedBy }]) => [jobId, replacedBy])).toEqual([
    ['retry', null],
    ['old', 'retry'],
    ['other', null],
  ]);
  expect(confirmed.has('other')).toBe(true);
});

test('what is known already is left as it is', () => {
  const kept = new KeptDownloads(localStorage);
  kept.follow(aJob({ version: 5 }), aTracked());
  expect(recallJobs(kept, [aJob({ version: 9 })])).toBe(false);
  expect(kept.snapshot().jobs.get('job-1')?.job?.version).toBe(5);
});

import { describe, expect, test } from 'vitest';
import type { Job } from '#shared/job.ts';
import { aJob, aPace, at, aTracked, testTime as now } from '../testing/a-job.ts';
import { headlineWords } from './headline-words.ts';
import type { DownloadsSnapshot } from './kept-downloads.ts';
import { rowsOf } from './rows.ts';
import type { TrackedJob } from './tracked-job.ts';

const around = { now, stale: false, limits: { artifactBytes: null, deadlineMs: null } };

function headlineOf(...jobs: [Partial<Job>, Partial<TrackedJob>?][]) {
  const tracked = jobs.map(([job, change], index) => aTracked(aJob({ jobId: `job-${index}`, ...job }), change));
  const snapshot: DownloadsSnapshot = {
    jobs: new Map(tracked.map((one, index) => [`job-${index}`, one])),
    intents: [],
    hidden: new Set(),
    confirmed: new Set(tracked.map((_, index) => `job-${index}`)),
    cancelling: new Set(),
    sending: new Map(),
    failedPolls: new Map(),
  };
  return headlineWords(rowsOf(snapshot, around), now);
}

const pace = aPace();

describe('the headline', () => {
  test('tells what is ready and what is on the way, and when the next one is', () => {
    expect(headlineOf([{ status: 'completed' }], [{}, { pace }], [{ status: 'queued' }])).toMatchObject({
      ready: '1 ready',
      rest: '2 on the way',
      lead: 'Next one in about 40 s. You can close this page, the work goes on.',
      shortLead: 'Next one in about 40 s.',
    });
  });

  test('promises no time where none is known', () => {
    expect(headlineOf([{ status: 'queued' }])).toMatchObject({
      ready: null,
      rest: '1 on the way',
      lead: 'You can close this page, the work goes on.',
    });
  });

  test('names the shortest life when all that is open is ready', () => {
    const soon = { status: 'completed', expiresAt: at(38.5 * 60_000) } as const;
    expect(headlineOf([{ status: 'completed' }], [soon])).toMatchObject({
      ready: '2 ready',
      rest: null,
      lead: 'Download within 38 min.',
    });
  });

  test('tells of failures nobody has looked at', () => {
    expect(headlineOf([{ status: 'failed' }])).toMatchObject({
      rest: '1 could not be prepared',
      lead: 'Open it to see why, or try again.',
    });
    expect(headlineOf([{ status: 'failed' }, { seen: true }]).rest).toBe('All done');
  });

  test('says when nothing is open', () => {
    expect(headlineOf([{ status: 'completed' }, { downloadedAt: at(0) }])).toMatchObject({
      ready: null,
      rest: 'All done',
      lead: 'Nothing is waiting for you.',
    });
  });
});

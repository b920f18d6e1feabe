import { describe, expect, test } from 'vitest';
import { aJob, aTracked, at, testTime as now } from '../testing/a-job.ts';
import { dueJobs, nextEndInMs } from './due-jobs.ts';
import type { DownloadsSnapshot } from './kept-downloads.ts';
import type { TrackedJob } from './tracked-job.ts';

function snapshotOf(tracked: TrackedJob, confirmed = true): DownloadsSnapshot {
  return {
    jobs: new Map([['job-1', tracked]]),
    intents: [],
    hidden: new Set(),
    confirmed: new Set(confirmed ? ['job-1'] : []),
    cancelling: new Set(),
    sending: new Map(),
    failedPolls: new Map(),
  };
}

const ready = (lastPolled: string) => aTracked(aJob({ status: 'completed', expiresAt: at(60_000) }), { lastPolled });

describe('due jobs', () => {
  test('are the unsettled ones', () => {
    expect(dueJobs(snapshotOf(aTracked()), now)).toEqual(['job-1']);
    expect(dueJobs(snapshotOf(aTracked(aJob({ status: 'failed' }))), now)).toEqual([]);
  });

  test('are those not confirmed since the page was opened, settled or not', () => {
    expect(dueJobs(snapshotOf(aTracked(aJob({ status: 'failed' })), false), now)).toEqual(['job-1']);
  });

  test('are finished files that have run out, once', () => {
    expect(dueJobs(snapshotOf(ready(at(0))), now + 30_000)).toEqual([]);
    expect(dueJobs(snapshotOf(ready(at(0))), now + 61_000)).toEqual(['job-1']);
    expect(dueJobs(snapshotOf(ready(at(61_500))), now + 62_000)).toEqual([]);
  });

  test('come again when a finished file runs out, and not at all without one', () => {
    expect(nextEndInMs(snapshotOf(ready(at(0))), now)).toBe(61_000);
    expect(nextEndInMs(snapshotOf(aTracked(aJob({ status: 'failed' }))), now)).toBeNull();
  });
});

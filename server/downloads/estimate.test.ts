import { expect, it } from 'vitest';
import { aJob } from '../testing/a-job.ts';
import { estimateRemaining } from './estimate.ts';

const now = 1_800_000_000_000;
const fetching = (bytesDone: number, bytesTotal: number | null, bytesPerSecond: number | null, elapsedMs = 10_000) =>
  aJob({
    status: 'running',
    startedAt: now - elapsedMs,
    updatedAt: now,
    progress: { percent: 0, bytesDone, bytesTotal, bytesPerSecond, checkedShare: 0 },
  });

it('says nothing where nothing is known', () => {
  for (const job of [aJob(), fetching(0, 100, null), fetching(50, null, 5), fetching(50, 100, 5, 500)]) {
    expect(estimateRemaining(job, now)).toEqual({ seconds: null, highSeconds: null });
  }
});

it('goes by the mean pace of the attempt, and for the high end by the slower of mean and latest', () => {
  expect(estimateRemaining(fetching(100, 400, 10), now)).toEqual({ seconds: 30, highSeconds: 38 });
  expect(estimateRemaining(fetching(100, 400, 5), now)).toEqual({ seconds: 30, highSeconds: 75 });
  expect(estimateRemaining(fetching(100, 400, 50), now)).toEqual({ seconds: 30, highSeconds: 38 });
});

it('stays finite when the latest pace is nothing', () => {
  expect(estimateRemaining(fetching(100, 400, 0), now).highSeconds).toBe(375);
});

it('goes by the checked share while packing', () => {
  const packing = aJob({
    status: 'processing_artifacts',
    packingSince: now - 3000,
    progress: { percent: 93, bytesDone: 4, bytesTotal: 4, bytesPerSecond: 1, checkedShare: 0.25 },
  });
  expect(estimateRemaining(packing, now)).toEqual({ seconds: 9, highSeconds: 12 });
});

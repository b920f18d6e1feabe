import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { Job } from '#shared/job.ts';
import { aJob, aTracked, at, testTime } from '../testing/a-job.ts';
import type { JobNews } from './kept-downloads.ts';
import { createTeller } from './teller.ts';

const running = (percent: number, change: Partial<Job> = {}) => aJob({ progress: { ...aJob().progress, percent }, ...change });

let now: number;
let active: number;
const say = vi.fn();
let tell: (news: JobNews) => void;

/** Tells one state after the other, as the page does. */
function hear(...states: readonly Job[]): void {
  states.forEach((after, index) => {
    tell({ before: index === 0 ? null : states[index - 1]!, after, tracked: aTracked(after) });
  });
}
const heard = () => say.mock.calls.map(([text]) => text as string);

beforeEach(() => {
  say.mockClear();
  now = testTime;
  active = 1;
  const limits = () => ({ artifactBytes: null, deadlineMs: null });
  tell = createTeller({ announcer: { say }, limits, counts: () => ({ active, ready: 1 }), now: () => now });
});

describe('what a screen reader hears of one download', () => {
  test('is its start, each quarter and its end, each once', () => {
    hear(aJob({ status: 'queued' }), running(3), running(26), running(27), running(51), running(80), running(95), aJob({ status: 'completed' }));
    expect(heard()).toEqual([
      'harbour-survey.laz, in line, 3rd.',
      'harbour-survey.laz, 25 percent.',
      'harbour-survey.laz, 50 percent.',
      'harbour-survey.laz, 75 percent.',
      'harbour-survey.laz is ready.',
    ]);
  });

  test('is each quarter once in an attempt, and again in the next', () => {
    const waiting = aJob({ status: 'queued', nextAttemptAt: at(8000), version: 4 });
    hear(running(10), running(30), waiting, running(0, { attempts: 2 }), running(30, { attempts: 2 }));
    expect(heard()).toEqual([
      'harbour-survey.laz, preparing.',
      'harbour-survey.laz, 25 percent.',
      'harbour-survey.laz, trying again, attempt 2 of 5.',
      'harbour-survey.laz, 25 percent.',
    ]);
  });

  test('is no quarter of what was asked for elsewhere', () => {
    const [before, after] = [running(10), running(30)];
    tell({ before, after, tracked: aTracked(after) });
    expect(heard()).toEqual([]);
  });

  test('is a silence, once', () => {
    const worker = { name: 'prep-1', lastHeardAt: at(-20_000), leaseExpiresAt: at(10_000) };
    hear(running(30), running(30, { worker }), running(30, { worker }));
    expect(heard()).toEqual(['harbour-survey.laz, preparing.', 'harbour-survey.laz, no word for 20 seconds.']);
  });
});

test('of more than three at a time it is the sum, at most every 30 s', () => {
  active = 5;
  hear(running(10), running(30), running(60));
  now += 30_000;
  hear(running(10, { jobId: 'job-2' }), running(30, { jobId: 'job-2' }));
  expect(heard().filter((text) => text.includes('on the way'))).toEqual(['5 on the way, 1 ready.', '5 on the way, 1 ready.']);
  expect(heard().filter((text) => text.includes('percent'))).toEqual([]);
});

import { describe, expect, test } from 'vitest';
import { aJob, testTime as now } from '../testing/a-job.ts';
import { steadyPace } from './pace.ts';

const withEta = (etaSeconds: number, attempts = 1) =>
  aJob({ attempts, progress: { ...aJob().progress, etaSeconds, etaHighSeconds: etaSeconds + 10 } });

describe('the pace of a job', () => {
  const first = steadyPace(null, withEta(40), now);

  test('holds while the new estimate is less than a fifth longer', () => {
    expect(steadyPace(first, withEta(38), now + 6000)).toBe(first);
    expect(steadyPace(first, withEta(45), now + 6000)?.finishAt).toBe(now + 51_000);
  });

  test('follows a shorter estimate, but not more often than every 5 s', () => {
    expect(steadyPace(first, withEta(20), now + 3000)).toBe(first);
    expect(steadyPace(first, withEta(20), now + 6000)?.finishAt).toBe(now + 26_000);
  });

  test('remembers the first high bound of an attempt, and starts anew with the next', () => {
    expect(steadyPace(first, withEta(100), now + 6000)?.usualUntil).toBe(first?.usualUntil);
    expect(steadyPace(first, withEta(100, 2), now + 6000)?.usualUntil).toBe(now + 116_000);
  });

  test('is unknown for what waits, has ended, or has no estimate', () => {
    expect(steadyPace(first, aJob({ status: 'queued' }), now)).toBeNull();
    expect(steadyPace(first, aJob({ status: 'completed' }), now)).toBeNull();
    expect(steadyPace(first, aJob({ progress: { ...aJob().progress, etaSeconds: null } }), now)).toBeNull();
  });
});

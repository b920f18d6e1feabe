import { describe, expect, test } from 'vitest';
import { aJob, aPace, testTime as now } from '../testing/a-job.ts';
import { shownPace, steadyPace, type Pace } from './pace.ts';

const withEta = (etaSeconds: number, attempts = 1) =>
  aJob({ attempts, progress: { ...aJob().progress, etaSeconds, etaHighSeconds: etaSeconds + 10 } });
const secondsShown = (pace: Pace | null, at: number) => shownPace(pace!, at).leftSeconds;

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

  test('is redrawn every 5 s, and never in between', () => {
    expect([0, 4999, 5000, 9999].map((ms) => secondsShown(first, now + ms))).toEqual([40, 40, 35, 35]);
    const shorter = steadyPace(first, withEta(20), now + 6000);
    expect([6000, 9999, 10_000].map((ms) => secondsShown(shorter, now + ms))).toEqual([35, 35, 16]);
  });

  test('remembers the first high bound of an attempt, and starts anew with the next', () => {
    expect(steadyPace(first, withEta(100), now + 6000)?.usualUntil).toBe(first?.usualUntil);
    expect(steadyPace(first, withEta(100, 2), now + 6000)?.usualUntil).toBe(now + 116_000);
  });

  test('is late past the first high bound, and very late past three times that', () => {
    expect([50_000, 55_000, 150_000, 155_000].map((ms) => shownPace(aPace(), now + ms).late)).toEqual(['no', 'yes', 'yes', 'very']);
  });

  test('is about the start while the job is in line, and starts anew with the work', () => {
    const inLine = steadyPace(null, aJob({ status: 'queued' }), now);
    expect(inLine).toMatchObject({ inLine: true, finishAt: now + 50_000 });
    expect(steadyPace(inLine, withEta(40), now + 1000)).toMatchObject({ inLine: false, finishAt: now + 41_000 });
  });

  test('is unknown for what waits for another attempt, has ended, or has no estimate', () => {
    expect(steadyPace(null, aJob({ status: 'queued', nextAttemptAt: new Date(now).toISOString() }), now)).toBeNull();
    expect(steadyPace(first, aJob({ status: 'completed' }), now)).toBeNull();
    expect(steadyPace(first, aJob({ progress: { ...aJob().progress, etaSeconds: null } }), now)).toBeNull();
  });
});

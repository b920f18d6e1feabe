import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { Entrance } from './entrance.ts';

const times = (count: number, admits: () => boolean) => Array.from({ length: count }, admits).filter(Boolean).length;

describe('Entrance', () => {
  it('is not to be flooded with ids that were ground to be recorded, and leaves our own alone', () => {
    const entrance = new Entrance({ ratio: 0.1, followsParent: true, isChosen: () => true });
    expect(times(10_000, () => entrance.admits('ground', { isForeign: true }))).toBeLessThan(1000);
    expect(times(100, () => entrance.admits('own', { isForeign: false }))).toBe(100);
  });

  it('admits everybody where all is to be recorded, and considers no more reads than cost little', () => {
    const entrance = new Entrance({ ratio: 1, followsParent: true, isChosen: () => true });
    expect(times(10_000, () => entrance.admits('any', { isForeign: true }))).toBe(10_000);
    expect(times(10_000, () => entrance.considersRead())).toBeLessThan(1000);
  });

  it('considers every read on a quiet day', () => {
    vi.useFakeTimers({ toFake: ['performance'] });
    onTestFinished(() => void vi.useRealTimers());
    const entrance = new Entrance({ ratio: 1, followsParent: true, isChosen: () => true });
    const eachAfter = (ms: number) => {
      vi.advanceTimersByTime(ms);
      return entrance.considersRead();
    };
    expect(times(1000, () => eachAfter(20))).toBe(1000);
    expect(times(1000, () => eachAfter(10))).toBeLessThan(750);
  });

  it('uses nothing up for traces that are not recorded', () => {
    const entrance = new Entrance({ ratio: 0.1, followsParent: true, isChosen: (traceId) => traceId === 'chosen' });
    expect(times(10_000, () => entrance.admits('left', { isForeign: true }))).toBe(0);
    expect(entrance.admits('chosen', { isForeign: true })).toBe(true);
  });

  it('lets no attempt in by the way around a request that was left out', () => {
    const deciding = new Entrance({ ratio: 0.1, followsParent: false, isChosen: () => true });
    expect(times(10_000, () => deciding.admitsAttempt('ground', { wasRecorded: false }))).toBeLessThan(1000);
    expect(times(10_000, () => deciding.admitsAttempt('own', { wasRecorded: true }))).toBe(10_000);
    const following = new Entrance({ ratio: 0.1, followsParent: true, isChosen: () => true });
    expect(times(10_000, () => following.admitsAttempt('any', { wasRecorded: false }))).toBe(10_000);
  });
});

import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { Entrance } from './entrance.ts';

const times = (count: number, admits: () => boolean) => Array.from({ length: count }, admits).filter(Boolean).length;

describe('Entrance', () => {
  it('is not to be flooded with ids that were ground to be recorded, and leaves our own alone', () => {
    const entrance = new Entrance({ ratio: 0.1, isChosen: () => true });
    expect(times(10_000, () => entrance.admits('ground', { isForeign: true, isRead: false }))).toBeLessThan(1000);
    expect(times(100, () => entrance.admits('own', { isForeign: false, isRead: false }))).toBe(100);
  });

  it('records every write where all is to be recorded, and no more reads than cost little', () => {
    const entrance = new Entrance({ ratio: 1, isChosen: () => true });
    expect(times(10_000, () => entrance.admits('any', { isForeign: true, isRead: false }))).toBe(10_000);
    expect(times(10_000, () => entrance.admits('any', { isForeign: true, isRead: true }))).toBeLessThan(1000);
  });

  it('uses nothing up for traces that are not recorded', () => {
    const entrance = new Entrance({ ratio: 0.1, isChosen: (traceId) => traceId === 'chosen' });
    expect(times(10_000, () => entrance.admits('left', { isForeign: true, isRead: true }))).toBe(0);
    expect(entrance.admits('chosen', { isForeign: true, isRead: true })).toBe(true);
  });

  it('tells without asking for an id when no read can be recorded, and takes nothing by that', () => {
    vi.useFakeTimers({ toFake: ['performance'] });
    onTestFinished(() => void vi.useRealTimers());
    const entrance = new Entrance({ ratio: 1, isChosen: () => true });
    expect(times(10_000, () => entrance.hasRoomForRead())).toBe(10_000);
    const read = () => entrance.admits('any', { isForeign: false, isRead: true });
    while (read());
    expect(entrance.hasRoomForRead()).toBe(false);
  });
});

import { describe, expect, test, vi } from 'vitest';
import { inOneTab } from './in-one-tab.ts';
import { Leadership } from './leadership.ts';

const withLocks = (locks: unknown) => vi.stubGlobal('navigator', { locks });

describe('a browser without locks, or one that forbids them', () => {
  test('lets each tab lead itself', async () => {
    withLocks(undefined);
    const leadership = new Leadership();
    leadership.start();
    expect(leadership.leads()).toBe(true);

    withLocks({ request: () => Promise.reject(new DOMException('forbidden', 'SecurityError')) });
    const told = vi.fn();
    const forbidden = new Leadership();
    forbidden.subscribe(told);
    const end = forbidden.start();
    await vi.waitFor(() => expect(forbidden.leads()).toBe(true));
    expect(told).toHaveBeenCalled();
    end();
  });

  test('lets each tab send what it was asked', async () => {
    const work = vi.fn(() => Promise.resolve());
    withLocks(undefined);
    await inOneTab('send', work);
    withLocks({ request: () => Promise.reject(new DOMException('forbidden', 'SecurityError')) });
    await inOneTab('send', work);
    expect(work).toHaveBeenCalledTimes(2);
  });
});

import { beforeEach, describe, expect, test, vi } from 'vitest';
import { aJob, aTracked } from '../testing/a-job.ts';
import { Toasts } from '../ui/toasts.ts';
import { KeptDownloads } from './kept-downloads.ts';
import { createTellMe } from './tell-me.ts';

let kept: KeptDownloads;
let toasts: Toasts;
const requestPermission = vi.fn(() => Promise.resolve('granted'));
const withPermission = (permission: NotificationPermission) => vi.stubGlobal('Notification', { permission, requestPermission });
const start = () => createTellMe({ kept, toasts, storage: localStorage });

beforeEach(() => {
  vi.useFakeTimers();
  requestPermission.mockClear();
  kept = new KeptDownloads(localStorage);
  toasts = new Toasts();
  for (const jobId of ['job-1', 'job-2']) kept.follow(aJob({ jobId }), aTracked());
  withPermission('default');
});

describe('being told', () => {
  test('is offered once, after a job has taken 20 s, and asked of the browser only when somebody wants it', async () => {
    const { offerLater } = start();
    offerLater('job-1');
    offerLater('job-2');
    await vi.advanceTimersByTimeAsync(19_999);
    expect(toasts.current()).toBeNull();
    await vi.advanceTimersByTimeAsync(1);
    expect(toasts.current()?.text).toBe('harbour-survey.laz takes a while.');
    expect(requestPermission).not.toHaveBeenCalled();
    toasts.act(toasts.current()!.id);
    expect(requestPermission).toHaveBeenCalledTimes(1);
    expect([...kept.snapshot().jobs.values()].map(({ tellMe }) => tellMe)).toEqual([true, true]);

    start().offerLater('job-2');
    await vi.advanceTimersByTimeAsync(60_000);
    expect(toasts.current()).toBeNull();
  });

  test('is not offered for what is ready by then, nor where the browser has answered before', async () => {
    start().offerLater('job-1');
    kept.hear(aJob({ version: 9, status: 'completed' }));
    await vi.advanceTimersByTimeAsync(20_000);
    expect(toasts.current()).toBeNull();
    withPermission('denied');
    start().offerLater('job-2');
    await vi.advanceTimersByTimeAsync(20_000);
    expect(toasts.current()).toBeNull();
  });

  test('waits until another message has been read', async () => {
    start().offerLater('job-1');
    toasts.show({ text: 'Removed a.pdf' });
    await vi.advanceTimersByTimeAsync(20_000);
    expect(toasts.current()?.text).toBe('Removed a.pdf');
    toasts.close(toasts.current()!.id);
    await vi.advanceTimersByTimeAsync(5000);
    expect(toasts.current()?.text).toBe('harbour-survey.laz takes a while.');
  });

  test('says so where the browser does not allow it', async () => {
    withPermission('denied');
    start().tellMe(['job-1']);
    await vi.advanceTimersByTimeAsync(0);
    expect(toasts.current()?.text).toContain('does not show notifications');
  });
});

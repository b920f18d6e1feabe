import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { JobStatus } from '#shared/job-status.ts';
import { aJob, aTracked, testTime } from '../testing/a-job.ts';
import { createNotifier } from './notifier.ts';

let now: number;
let mayNotify: boolean;
let notify: ReturnType<typeof createNotifier>;
const close = vi.fn();
const show = vi.fn((_text: string, _tag: string) => ({ close }));

const end = (jobId: string, status: JobStatus = 'completed') => {
  const after = aJob({ jobId, status, fileName: `${jobId}.pdf` });
  notify({ before: aJob({ jobId }), after, tracked: aTracked(after) });
};
const sent = async () => {
  await Promise.resolve();
  return show.mock.calls.map(([text]) => text);
};

beforeEach(() => {
  show.mockClear();
  close.mockClear();
  now = testTime;
  mayNotify = true;
  notify = createNotifier({ mayNotify: () => mayNotify, show, now: () => now });
});

describe('a notification', () => {
  test('tells what is ready and what could not be prepared', async () => {
    end('accounts');
    end('tiles', 'failed');
    expect(await sent()).toEqual(['accounts.pdf is ready', 'tiles.pdf could not be prepared']);
  });

  test('is sent for no other end, for none that was known, and none while the page is seen', async () => {
    end('given-up', 'cancelled');
    const after = aJob({ status: 'completed' });
    notify({ before: after, after, tracked: aTracked(after) });
    notify({ before: null, after, tracked: aTracked(after) });
    mayNotify = false;
    end('seen');
    expect(await sent()).toEqual([]);
  });

  test('is one for more than three that end within 5 s, in place of those that were shown', async () => {
    end('a');
    expect(await sent()).toEqual(['a.pdf is ready']);
    now += 4000;
    for (const jobId of ['b', 'c', 'd']) end(jobId);
    expect(await sent()).toEqual(['a.pdf is ready', '4 downloads are ready']);
    expect(close).toHaveBeenCalledTimes(1);
    now += 500;
    end('e', 'failed');
    expect((await sent()).at(-1)).toBe('4 downloads are ready, 1 could not be prepared');
  });

  test('stands for itself again after 5 s', async () => {
    for (const jobId of ['a', 'b', 'c', 'd']) end(jobId);
    await sent();
    now += 5000;
    end('e');
    expect(await sent()).toEqual(['4 downloads are ready', 'e.pdf is ready']);
  });
});

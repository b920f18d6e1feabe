import { expect, test } from 'vitest';
import { aJob } from '../testing/a-job.ts';
import { renderWithDownloads } from '../testing/render-with-downloads.tsx';
import RememberedDownloads from './remembered-downloads.tsx';

const history = (count: number) => () =>
  Response.json({ jobs: Array.from({ length: count }, (_, index) => aJob({ jobId: `old-${index}`, status: 'cancelled' })), total: count, nextCursor: null });

test('what the server remembers of a browser that keeps nothing comes into its list', async () => {
  const { kept, fetched } = renderWithDownloads(<RememberedDownloads />, { answers: { 'GET /v1/download/history': history(3) } });
  await expect.poll(() => kept.snapshot().jobs.size).toBe(3);
  expect(fetched).toHaveBeenCalledTimes(2);
});

test('where it remembers nothing it is asked once', async () => {
  const { kept, fetched } = renderWithDownloads(<RememberedDownloads />, { answers: { 'GET /v1/download/history': history(0) } });
  await expect.poll(() => fetched.mock.calls.length).toBe(1);
  expect(kept.snapshot().jobs.size).toBe(0);
});

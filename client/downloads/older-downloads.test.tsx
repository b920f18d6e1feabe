import { fireEvent, screen } from '@testing-library/react';
import { describe, expect, test } from 'vitest';
import { aJob, at } from '../testing/a-job.ts';
import { aProblem, renderWithDownloads } from '../testing/render-with-downloads.tsx';
import OlderDownloads from './older-downloads.tsx';

const known = aJob({ jobId: 'known' });
const history = Array.from({ length: 120 }, (_, index) =>
  aJob({ jobId: index === 0 ? 'known' : `old-${index}`, status: 'cancelled', timestamps: { ...known.timestamps, queuedAt: at(-index * 1000) } }),
);
const gone = history[2]!;

/** The server's history of user-1, in pages that follow each other. */
function page(_: string, { searchParams }: URL): Response {
  expect(searchParams.get('userId')).toBe('user-1');
  const [from, limit] = [Number(searchParams.get('cursor') ?? 0), Number(searchParams.get('limit'))];
  const next = from + limit;
  return Response.json({ jobs: history.slice(from, next), total: history.length, nextCursor: next < history.length ? String(next) : null });
}

function render(answer = page) {
  return renderWithDownloads(<OlderDownloads listed={1} blocked={false} />, { jobs: [known], answers: { 'GET /v1/download/history': answer } });
}

describe('the end of the list', () => {
  test('says how many there are, and brings older ones page by page until there are no more', async () => {
    const { kept, fetched } = render();
    expect(await screen.findByText('1 of 120')).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Show older' }));
    expect(await screen.findByText('1 of 71')).toBeTruthy();
    expect(kept.snapshot().jobs.size).toBe(50);
    fireEvent.click(screen.getByRole('button', { name: 'Show older' }));
    await screen.findByText('1 of 21');
    fireEvent.click(screen.getByRole('button', { name: 'Show older' }));
    await expect.poll(() => screen.queryByRole('button')).toBeNull();
    expect(kept.snapshot().jobs.size).toBe(120);
    expect(fetched).toHaveBeenCalledTimes(4);
  });

  test('leaves out what was removed here, and keeps nothing of it in the browser', async () => {
    const { kept } = render();
    kept.hide(gone.jobId, Date.now() + 60_000);
    fireEvent.click(await screen.findByRole('button', { name: 'Show older' }));
    await screen.findByText('1 of 72');
    expect(kept.snapshot().jobs.has(gone.jobId)).toBe(false);
    expect(Object.keys(localStorage).filter((key) => key.startsWith('job_'))).toEqual(['job_known']);
  });

  test('says when older ones could not be loaded, and tries again', async () => {
    let broken = true;
    render((body, url) => (broken && url.searchParams.get('limit') !== '1' ? aProblem(503, 'temporarily-unavailable') : page(body, url)));
    fireEvent.click(await screen.findByRole('button', { name: 'Show older' }));
    expect(await screen.findByText('Could not load older downloads.')).toBeTruthy();
    broken = false;
    fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByText('1 of 71')).toBeTruthy();
  });

  test('is not there when the browser keeps all there is', async () => {
    const { container, fetched } = render(() => Response.json({ jobs: [known], total: 1, nextCursor: null }));
    await expect.poll(() => fetched.mock.calls.length).toBe(1);
    await expect.poll(() => container.textContent).toBe('');
  });
});

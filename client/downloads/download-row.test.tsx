import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, test, vi } from 'vitest';
import type { Job } from '#shared/job.ts';
import { aJob, aPace, aTracked, testTime } from '../testing/a-job.ts';
import { aProblem, renderWithDownloads } from '../testing/render-with-downloads.tsx';
import { DownloadRow } from './download-row.tsx';
import { useDownloadsSnapshot } from './downloads-context.tsx';
import { rowsOf } from './rows.ts';

const limits = { artifactBytes: null, deadlineMs: null };

function Rows({ stale = false }: { stale?: boolean }) {
  const rows = rowsOf(useDownloadsSnapshot(), { now: testTime, stale, limits });
  return (
    <ul>
      {rows.map((row) => (
        <DownloadRow key={row.rowId} row={row} limits={limits} stale={stale} onDetails={vi.fn()} />
      ))}
    </ul>
  );
}

const show = (job: Job, answers = {}, stale = false) => renderWithDownloads(<Rows stale={stale} />, { jobs: [job], answers });
const row = () => screen.getByRole('listitem');

describe('a row', () => {
  test('is a list item named by file and state', () => {
    show(aJob());
    expect(screen.getByRole('listitem', { name: 'harbour-survey.laz, preparing, 62 percent' })).toBeTruthy();
  });

  test('shows progress that a screen reader can read', () => {
    show(aJob());
    const bar = screen.getByRole('progressbar', { name: 'harbour-survey.laz' });
    expect(bar.getAttribute('aria-valuenow')).toBe('62');
    expect(bar.getAttribute('aria-valuetext')).toMatch(/^62 percent, /);
  });

  test('gives no value where none is known', () => {
    show(aJob({ progress: { ...aJob().progress, indeterminate: true, bytesTotal: null } }));
    expect(screen.getByRole('progressbar').getAttribute('aria-valuenow')).toBeNull();
  });

  test('offers to tell of a job that takes very much longer than usual, until somebody takes it', async () => {
    const requestPermission = vi.fn(() => Promise.resolve('granted'));
    vi.stubGlobal('Notification', { permission: 'default', requestPermission });
    const pace = aPace({ madeAt: testTime - 600_000, usualUntil: testTime - 500_000 });
    localStorage.setItem('job_job-1', JSON.stringify(aTracked(aJob(), { pace })));
    const { kept } = renderWithDownloads(<Rows />);
    act(() => kept.confirm(['job-1']));
    fireEvent.click(await screen.findByRole('button', { name: /^Tell me when it is ready/ }));
    expect(requestPermission).toHaveBeenCalledTimes(1);
    expect(kept.snapshot().jobs.get('job-1')?.tellMe).toBe(true);
    await waitFor(() => expect(screen.queryByRole('button', { name: /^Tell me/ })).toBeNull());
  });

  test('leads to its details', () => {
    show(aJob());
    expect(screen.getByRole('link', { name: 'harbour-survey.laz' }).getAttribute('href')).toBe('/jobs/job-1');
  });

  test('is cancelled from the click on, and stays so when the server agrees', async () => {
    const cancelled = aJob({ status: 'cancelled', version: 9 });
    const { toasts } = show(aJob(), { 'POST /v1/download/cancel/job-1': () => Response.json(cancelled) });
    fireEvent.click(screen.getByRole('button', { name: 'Cancel harbour-survey.laz' }));
    expect(row().dataset.state).toBe('cancelled');
    await waitFor(() => expect(toasts.current()?.text).toBe('Cancelled harbour-survey.laz'));
    expect(row().dataset.state).toBe('cancelled');
  });

  test('says so when cancelling came too late', async () => {
    const job = aJob({ status: 'completed', version: 9 });
    const { toasts } = show(aJob(), { 'POST /v1/download/cancel/job-1': () => aProblem(409, 'job-settled', { job }) });
    fireEvent.click(screen.getByRole('button', { name: 'Cancel harbour-survey.laz' }));
    await waitFor(() => expect(toasts.current()?.text).toBe('Already finished. It is ready to download.'));
    expect(row().dataset.state).toBe('ready');
  });

  test('comes back when cancelling failed', async () => {
    const { toasts } = show(aJob(), { 'POST /v1/download/cancel/job-1': () => aProblem(500, 'internal') });
    fireEvent.click(screen.getByRole('button', { name: 'Cancel harbour-survey.laz' }));
    await waitFor(() => expect(toasts.current()?.text).toBe('Could not cancel harbour-survey.laz.'));
    expect(toasts.current()?.action?.label).toBe('Try again');
    expect(row().dataset.state).toBe('running');
  });

  test('asked for again while its cancelling is on its way, goes out when that is answered', async () => {
    const cancelled = Promise.withResolvers<Response>();
    const again = aJob({ jobId: 'job-2', status: 'queued', retryOf: 'job-1' });
    const { fetched } = show(aJob(), {
      'POST /v1/download/cancel/job-1': () => cancelled.promise,
      'POST /v1/download/retry/job-1': () => Response.json({ jobId: 'job-2', nextPollInMs: 2000, expiresAt: again.expiresAt, job: again, deduplicated: false }),
    });
    const asked = () => fetched.mock.calls.map(([path]) => path).filter((path) => path.includes('/retry/'));
    fireEvent.click(screen.getByRole('button', { name: 'Cancel harbour-survey.laz' }));
    fireEvent.click(await screen.findByRole('button', { name: 'Prepare again: harbour-survey.laz' }));
    expect(asked()).toEqual([]);
    cancelled.resolve(Response.json(aJob({ status: 'cancelled', version: 4 })));
    await waitFor(() => expect(asked()).toHaveLength(1));
    await waitFor(() => expect(row().getAttribute('data-state')).toBe('queued'));
  });

  test('asks for a failed file again in the same place', async () => {
    const retry = aJob({ jobId: 'job-2', status: 'queued', retryOf: 'job-1' });
    const answer = { jobId: 'job-2', nextPollInMs: 1000, expiresAt: retry.expiresAt, job: retry, deduplicated: false };
    const { fetched } = show(aJob({ status: 'failed' }), {
      'POST /v1/download/retry/job-1': () => Response.json(answer, { status: 202 }),
    });
    fireEvent.click(screen.getByRole('button', { name: 'Try again: harbour-survey.laz' }));
    expect(row().dataset.state).toBe('sending');
    await waitFor(() => expect(row().dataset.state).toBe('queued'));
    expect(screen.getAllByRole('listitem')).toHaveLength(1);
    expect(new Headers(fetched.mock.calls[0]?.[1]?.headers).get('idempotency-key')).toMatch(/^".+"$/);
  });

  test('offers details where trying again is of no use', () => {
    show(aJob({ status: 'failed', errorCode: 'file-not-found' }));
    expect(within(row()).queryByRole('button', { name: /Try again/ })).toBeNull();
    expect(within(row()).getByRole('button', { name: 'Details: harbour-survey.laz' })).toBeTruthy();
  });

  test('turns into what it has become when the file is gone', async () => {
    const expired = aJob({ status: 'expired', version: 9 });
    show(aJob({ status: 'completed' }), {
      'HEAD /v1/download/job-1': () => new Response(null, { status: 409 }),
      'GET /v1/download/status/job-1': () => Response.json(expired),
    });
    fireEvent.click(screen.getByRole('link', { name: 'Download harbour-survey.laz' }));
    await waitFor(() => expect(row().dataset.state).toBe('expired'));
  });

  test('leaves other ways of opening the file to the browser', () => {
    const { fetched } = show(aJob({ status: 'completed' }));
    const link = screen.getByRole('link', { name: 'Download harbour-survey.laz' });
    expect(link.getAttribute('href')).toBe('/v1/download/job-1');
    link.addEventListener('click', (event) => event.preventDefault());
    fireEvent.click(link, { ctrlKey: true });
    expect(fetched).not.toHaveBeenCalled();
  });

  test('can do nothing that needs the network while there is none', () => {
    show(aJob(), {}, true);
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Cancel harbour-survey.laz' }).disabled).toBe(true);
    expect(row().dataset.stale).toBe('true');
  });

  test('keeps a removed job hidden, and brings it back on undo', async () => {
    const { toasts, kept, fetched } = show(aJob({ status: 'failed' }));
    fireEvent.click(screen.getByRole('button', { name: 'More actions for harbour-survey.laz' }));
    fireEvent.click(await screen.findByRole('menuitem', { name: 'Remove', hidden: true }));
    await waitFor(() => expect(screen.queryByRole('listitem')).toBeNull());
    expect(kept.snapshot().hidden.has('job-1')).toBe(true);
    toasts.current()?.action?.run();
    await waitFor(() => expect(row()).toBeTruthy());
    expect(fetched).not.toHaveBeenCalled();
  });

  test('is deleted on the server once the chance to undo has gone', async () => {
    const { toasts, kept, fetched } = show(aJob({ status: 'failed' }), {
      'DELETE /v1/download/job-1': () => new Response(null, { status: 204 }),
    });
    fireEvent.click(screen.getByRole('button', { name: 'More actions for harbour-survey.laz' }));
    fireEvent.click(await screen.findByRole('menuitem', { name: 'Remove', hidden: true }));
    const toast = toasts.current();
    if (toast) toasts.close(toast.id);
    await waitFor(() => expect(kept.snapshot().jobs.size).toBe(0));
    expect(fetched).toHaveBeenCalledTimes(1);
  });
});

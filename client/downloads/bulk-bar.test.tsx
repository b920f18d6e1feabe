import { fireEvent, screen, waitFor } from '@testing-library/react';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Job } from '#shared/job.ts';
import { aJob } from '../testing/a-job.ts';
import { aRow } from '../testing/a-row.ts';
import { aProblem, renderWithDownloads } from '../testing/render-with-downloads.tsx';
import BulkBar from './bulk-bar.tsx';
import { setListedRows } from './listed-rows.ts';
import { select } from './selection.ts';

const running = (count: number) => Array.from({ length: count }, (_, index) => aJob({ jobId: `job-${index}` }));

function show(jobs: Job[], answers = {}) {
  const rows = jobs.map((job) => aRow({ rowId: job.jobId, job, state: job.status === 'completed' ? 'ready' : job.settled ? 'failed' : 'running' }));
  setListedRows(rows);
  select(jobs.map(({ jobId }) => jobId));
  return renderWithDownloads(<BulkBar blocked={false} />, { jobs, answers });
}

const names = () => screen.getAllByRole('button').map((button) => button.textContent || button.ariaLabel);
const press = (name: string) => fireEvent.click(screen.getByRole('button', { name }));

beforeEach(() => select([]));

describe('the bar of what is selected', () => {
  test('leaves out what fits none', () => {
    show([aJob({ jobId: 'a', status: 'failed' })]);
    expect(names()).toEqual(['Remove', 'Clear selection']);
  });

  test('counts what fits some', () => {
    show([aJob({ jobId: 'a', status: 'completed' }), aJob({ jobId: 'b' }), aJob({ jobId: 'c' })]);
    expect(screen.getByRole('toolbar').textContent).toContain('3 selected');
    expect(names()).toEqual(['Download 1', 'Cancel 2', 'Remove', 'Clear selection']);
  });

  test('tells what came of each when not all could be cancelled', async () => {
    const finished = aJob({ jobId: 'job-1', status: 'completed', version: 9 });
    const { toasts } = show(running(4), {
      'POST /v1/download/cancel/job-0': () => Response.json(aJob({ jobId: 'job-0', status: 'cancelled', version: 9 })),
      'POST /v1/download/cancel/job-1': () => aProblem(409, 'job-settled', { job: finished }),
      'POST /v1/download/cancel/job-2': () => aProblem(500, 'internal'),
      'POST /v1/download/cancel/job-3': () => Response.json(aJob({ jobId: 'job-3', status: 'cancelled', version: 9 })),
    });
    press('Cancel 4');
    await waitFor(() => expect(toasts.current()?.text).toBe('2 cancelled, 1 was already finished, 1 could not be cancelled.'));
    expect(toasts.current()?.action?.label).toBe('Try again');
  });

  test('asks once before five or more are cancelled', () => {
    const { fetched } = show(running(5));
    press('Cancel 5');
    expect(screen.getByRole('dialog', { name: 'Cancel 5 downloads?' }).textContent).toContain('Their progress is lost.');
    press('Keep them');
    expect(fetched.mock.calls.filter(([path]) => path.includes('cancel'))).toEqual([]);
  });

  test('removes the settled, and brings them back', () => {
    const { kept, toasts } = show([aJob({ jobId: 'a', status: 'failed' }), aJob({ jobId: 'b', status: 'failed' })]);
    press('Remove');
    expect([...kept.snapshot().hidden]).toEqual(['a', 'b']);
    expect(toasts.current()?.text).toBe('Removed 2 downloads');
    toasts.act(toasts.current()?.id ?? 0);
    expect(kept.snapshot().hidden.size).toBe(0);
  });
});

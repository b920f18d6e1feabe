import { fireEvent, screen, waitFor } from '@testing-library/react';
import { describe, expect, test } from 'vitest';
import type { Job } from '#shared/job.ts';
import { aJob, at, testTime } from '../../testing/a-job.ts';
import { aProblem, renderWithDownloads } from '../../testing/render-with-downloads.tsx';
import { supportFacts } from './job-facts.ts';
import JobDrawer from './job-drawer.tsx';
import { supportNote } from './support-note.ts';

const limits = { artifactBytes: null, deadlineMs: null };
const around = { now: testTime, stale: false, limits };

const open = (jobs: Job[], answers = {}) => renderWithDownloads(<JobDrawer jobId="job-1" around={around} />, { jobs, answers });

describe('the drawer', () => {
  test('tells why a job failed, what to do, and what support needs', async () => {
    const { kept } = open([aJob({ status: 'failed', attempts: 5 })]);
    expect(screen.getByRole('dialog', { name: 'harbour-survey.laz' })).toBeTruthy();
    expect(screen.getByRole('heading', { name: 'The storage behind this file did not answer.' })).toBeTruthy();
    expect(screen.getByText(/We tried 5 times and stopped/)).toBeTruthy();
    expect(screen.getByText('source-unavailable')).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Copy Trace id' })).toBeTruthy();
    await waitFor(() => expect(kept.snapshot().jobs.get('job-1')?.seen).toBe(true));
  });

  test('gives the whole hash of a finished file', () => {
    const job = aJob({ status: 'completed' });
    open([job]);
    expect(screen.getByText(job.result.sha256 ?? '')).toBeTruthy();
    expect(screen.getByRole('link', { name: 'Download harbour-survey.laz' })).toBeTruthy();
  });

  test('fetches a job that this browser does not know', async () => {
    open([], { 'GET /v1/download/status/job-1': () => Response.json(aJob({ status: 'completed' })) });
    expect(await screen.findByRole('dialog', { name: 'harbour-survey.laz' })).toBeTruthy();
  });

  test('tells what happened, to the second, with equal attempts folded', async () => {
    const failing = (attempt: number) => [
      { at: at(attempt * 2000), event: 'attempt began', attempt, detail: 'prep-1' },
      { at: at(attempt * 2000 + 1000), event: 'attempt failed', attempt, detail: 'The source timed out.' },
    ];
    const timeline = [{ at: at(0), event: 'asked', attempt: null, detail: null }, ...[1, 2, 3].flatMap(failing)];
    const job = aJob({ status: 'failed', attempts: 3 });
    const { fetched } = open([job], { 'GET /v1/download/status/job-1': () => Response.json({ ...job, timeline }) });
    fireEvent.click(await screen.findByRole('button', { name: 'Attempts 2 to 3, same reason' }));
    expect(screen.getByText('Attempt 3 began')).toBeTruthy();
    expect(screen.getByRole('img', { name: /^3 attempts from \d\d:\d\d:\d\d to/ })).toBeTruthy();
    expect(fetched.mock.calls.filter(([path]) => path.endsWith('?include=timeline'))).toHaveLength(1);
  });

  test('keeps earlier jobs of the same request as history', async () => {
    const earlier = aJob({ jobId: 'job-0', status: 'cancelled' });
    open([aJob({ retryOf: 'job-0' })], { 'GET /v1/download/status/job-0': () => Response.json(earlier) });
    const link = await screen.findByRole('link', { name: /^Cancelled/ });
    expect(link.getAttribute('href')).toBe('/jobs/job-0');
  });

  test('says so when nobody knows it', async () => {
    open([], { 'GET /v1/download/status/job-1': () => aProblem(404, 'job-not-found') });
    expect(await screen.findByRole('heading', { name: 'The service does not know this download.' })).toBeTruthy();
  });
});

test('a trace has a link to where it can be seen, where that is known', () => {
  const hrefs = (viewer: string | null) => supportFacts(aJob(), viewer).flatMap(({ href }) => href ?? []);
  expect(hrefs(null)).toEqual([]);
  expect(hrefs('https://traces.example.org/{trace_id}?focus={trace_id}')).toEqual([
    'https://traces.example.org/4bf92f3577b34da6a3ce929d0e0e4736?focus=4bf92f3577b34da6a3ce929d0e0e4736',
  ]);
});

test('the support note has the reason, the codes and no storage address', () => {
  const note = supportNote(aJob({ status: 'failed' }), [], limits, 'http://localhost/jobs/job-1');
  expect(note).toContain('Error code: source-unavailable');
  expect(note).toContain('Trace: 4bf92f3577b34da6a3ce929d0e0e4736');
  expect(note).not.toMatch(/X-Amz|Signature/);
});

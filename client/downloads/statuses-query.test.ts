import { QueryClient } from '@tanstack/react-query';
import { expect, test, vi } from 'vitest';
import { aJob, aTracked } from '../testing/a-job.ts';
import { aProblem, stubServer } from '../testing/render-with-downloads.tsx';
import { KeptDownloads } from './kept-downloads.ts';
import { statusesQuery } from './statuses-query.ts';

function followed(...jobIds: string[]): KeptDownloads {
  const kept = new KeptDownloads(localStorage);
  for (const jobId of jobIds) kept.follow(aJob({ jobId }), aTracked(aJob({ jobId })));
  return kept;
}

const poll = (kept: KeptDownloads, tell = vi.fn()) =>
  new QueryClient().query({ ...statusesQuery({ kept, onMissing: vi.fn(), tell }, { enabled: true, hidden: false }), staleTime: 0 });
const failedPolls = (kept: KeptDownloads) => Object.fromEntries(kept.snapshot().failedPolls);

test('counts the failed polls of the jobs that were asked about, until one is heard of', async () => {
  const kept = followed('one');
  stubServer({ 'GET /v1/download/status': () => aProblem(500, 'internal') });
  await expect(poll(kept)).rejects.toThrow('The poll failed.');
  kept.follow(aJob({ jobId: 'later' }), aTracked());
  expect(failedPolls(kept)).toEqual({ one: 1 });
  stubServer({ 'GET /v1/download/status': () => Response.json({ jobs: [aJob({ jobId: 'one' })], missing: [], nextPollInMs: null }) });
  await poll(kept);
  expect(failedPolls(kept)).toEqual({});
});

test('asks soon again when a job came while it was asking', async () => {
  const kept = followed('one');
  const settled = aJob({ jobId: 'one', status: 'failed' });
  stubServer({
    'GET /v1/download/status': () => {
      kept.follow(aJob({ jobId: 'two' }), aTracked());
      return Response.json({ jobs: [settled], missing: [], nextPollInMs: null });
    },
  });
  expect(await poll(kept)).toMatchObject({ nextPollInMs: 1000 });
});

test('asks about 100 jobs at a time, never about each by itself, and about none that has ended', async () => {
  const ids = Array.from({ length: 150 }, (_, index) => `job-${index}`);
  const kept = followed(...ids);
  const fetched = stubServer({
    'GET /v1/download/status': (_, url) => {
      const jobs = url.searchParams.get('ids')!.split(',').map((jobId) => aJob({ jobId, status: 'cancelled' }));
      return Response.json({ jobs, missing: [], nextPollInMs: null });
    },
  });
  expect(await poll(kept)).toMatchObject({ nextPollInMs: null });
  expect(fetched).toHaveBeenCalledTimes(2);
  await poll(kept);
  expect(fetched).toHaveBeenCalledTimes(2);
});

test('tells the other tabs what it heard, or how it failed', async () => {
  const tell = vi.fn();
  const kept = followed('one');
  stubServer({ 'GET /v1/download/status': () => Response.json({ jobs: [aJob({ jobId: 'one' })], missing: [], nextPollInMs: 2000 }) });
  await poll(kept, tell);
  stubServer({ 'GET /v1/download/status': () => aProblem(500, 'internal') });
  await expect(poll(kept, tell)).rejects.toThrow('The poll failed.');
  expect(tell.mock.calls.map(([word]) => Object.keys(word as object))).toEqual([['jobs'], ['poll'], ['failed'], ['failure']]);
});

test('counts none while the service is out of reach, or asks to slow down', async () => {
  const kept = followed('one');
  stubServer({ 'GET /v1/download/status': () => aProblem(429, 'too-many-requests') });
  await expect(poll(kept)).rejects.toThrow('The poll failed.');
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('no connection')));
  await expect(poll(kept)).rejects.toThrow('The poll failed.');
  expect(failedPolls(kept)).toEqual({});
});

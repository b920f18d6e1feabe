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

const poll = (kept: KeptDownloads) => new QueryClient().query({ ...statusesQuery(kept, vi.fn()), staleTime: 0 });
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

test('counts none while the service is out of reach, or asks to slow down', async () => {
  const kept = followed('one');
  stubServer({ 'GET /v1/download/status': () => aProblem(429, 'too-many-requests') });
  await expect(poll(kept)).rejects.toThrow('The poll failed.');
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('no connection')));
  await expect(poll(kept)).rejects.toThrow('The poll failed.');
  expect(failedPolls(kept)).toEqual({});
});

import { QueryClient } from '@tanstack/react-query';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { ApiError, NetworkError } from '../api/api-error.ts';
import { failAgain, toldFailure } from '../api/poll-failure.ts';
import { aJob, aTracked } from '../testing/a-job.ts';
import { connectionOf } from './connection.ts';
import { hearTab, type HearingPorts } from './hear-tab.ts';
import { KeptDownloads } from './kept-downloads.ts';
import { statusesKey } from './statuses-query.ts';
import type { TabWord } from './tab-word.ts';

let ports: HearingPorts;
const hear = (word: TabWord) => hearTab(structuredClone(word), ports);
const pollState = () => ports.client.getQueryState(statusesKey);

beforeEach(() => {
  new KeptDownloads(localStorage).follow(aJob(), aTracked());
  const client = new QueryClient();
  client.setQueryData(statusesKey, { nextPollInMs: null, heardAt: null });
  ports = { kept: new KeptDownloads(localStorage), client, leads: () => false, tell: vi.fn() };
});

describe('what another tab tells', () => {
  test('is taken over like the server’s own answer, and left to that tab to store', () => {
    const stored = localStorage.getItem('job_job-1');
    hear({ jobs: [aJob({ version: 4, status: 'completed' })] });
    const { jobs, confirmed } = ports.kept.snapshot();
    expect(jobs.get('job-1')?.job?.status).toBe('completed');
    expect([...confirmed]).toEqual(['job-1']);
    expect(localStorage.getItem('job_job-1')).toBe(stored);
  });

  test('never takes a job back to an older version', () => {
    ports.kept.hear(aJob({ version: 9, status: 'completed' }));
    hear({ jobs: [aJob({ version: 8 })] });
    expect(ports.kept.snapshot().jobs.get('job-1')?.job?.status).toBe('completed');
  });

  test('confirms what was known, for a tab that has just been opened', () => {
    hear({ confirmed: ['job-1', 'of another list'] });
    expect([...ports.kept.snapshot().confirmed]).toEqual(['job-1']);
  });

  test('makes the connection look here as it does there, and counts failures on', () => {
    const gone = failAgain(failAgain(null, new NetworkError('gone')), new NetworkError('gone'));
    hear({ failure: toldFailure(gone) });
    const facts = { online: true, healthFailure: null };
    expect(connectionOf({ ...facts, pollFailure: pollState()?.error })).toEqual({ state: 'offline', nextTryAt: gone.at + gone.retryInMs });
    expect(failAgain(pollState()?.error, new NetworkError('gone')).failures).toBe(3);
    hear({ failure: toldFailure(failAgain(gone, new ApiError(503, null, 9000))) });
    expect(connectionOf({ ...facts, pollFailure: pollState()?.error }).state).toBe('failing');
    hear({ poll: { nextPollInMs: 2000, heardAt: 5 } });
    expect(connectionOf({ ...facts, pollFailure: pollState()?.error }).state).toBe('ok');
  });

  test('counts the failed polls of a job', () => {
    hear({ failed: ['job-1'] });
    hear({ failed: ['job-1'] });
    expect(ports.kept.snapshot().failedPolls.get('job-1')).toBe(2);
  });

  test('is ignored when it is of another version of the page', () => {
    hearTab({ jobs: [{ from: 'the future' }] }, ports);
    hearTab('what', ports);
    expect(ports.kept.snapshot().confirmed.size).toBe(0);
  });
});

describe('the tab that leads', () => {
  beforeEach(() => {
    ports = { ...ports, leads: () => true };
  });

  test('tells a new tab what it knows and how the last poll went', () => {
    ports.kept.hear(aJob());
    ports.client.setQueryData(statusesKey, { nextPollInMs: 2000, heardAt: 5 });
    hear({ hello: true });
    expect(ports.tell).toHaveBeenCalledWith({ confirmed: ['job-1'], poll: { nextPollInMs: 2000, heardAt: 5 } });
  });

  test('polls as soon as a job that was asked for elsewhere wants it', () => {
    ports.client.setQueryData(statusesKey, { nextPollInMs: 15_000, heardAt: 5 });
    hear({ soonInMs: 1200 });
    expect(ports.client.getQueryData(statusesKey)).toEqual({ nextPollInMs: 1200, heardAt: 5 });
  });
});

test('a tab that does not lead leaves both to the one that does', () => {
  hear({ hello: true, soonInMs: 1200 });
  expect(ports.tell).not.toHaveBeenCalled();
  expect(ports.client.getQueryData(statusesKey)).toEqual({ nextPollInMs: null, heardAt: null });
});

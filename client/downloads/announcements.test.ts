import { describe, expect, test } from 'vitest';
import type { Job } from '#shared/job.ts';
import { aJob, aTracked, at } from '../testing/a-job.ts';
import { stateAnnouncement } from './announcements.ts';

const limits = { artifactBytes: null, deadlineMs: null };
const said = (before: Job | null, after: Job) => stateAnnouncement({ before, after, tracked: aTracked(after) }, limits);

describe('what a screen reader hears', () => {
  test('the start, with the place in line', () => {
    expect(said(null, aJob({ status: 'queued' }))).toBe('harbour-survey.laz, in line, 3rd.');
  });

  test('another attempt', () => {
    const waiting = aJob({ status: 'queued', nextAttemptAt: at(8000) });
    expect(said(aJob(), waiting)).toBe('harbour-survey.laz, trying again, attempt 2 of 5.');
  });

  test('the end, once', () => {
    const ready = aJob({ status: 'completed' });
    expect(said(aJob(), ready)).toBe('harbour-survey.laz is ready.');
    expect(said(ready, ready)).toBeNull();
    expect(said(aJob(), aJob({ status: 'cancelled' }))).toBe('harbour-survey.laz cancelled.');
    expect(said(aJob(), aJob({ status: 'failed' }))).toBe(
      'harbour-survey.laz failed. The storage behind this file did not answer.',
    );
  });

  test('nothing of plain progress, and nothing of what had ended before', () => {
    expect(said(aJob(), aJob({ version: 9 }))).toBeNull();
    expect(said(null, aJob({ status: 'failed' }))).toBeNull();
  });
});

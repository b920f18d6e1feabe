import { describe, expect, test } from 'vitest';
import { aJob, aPace, at, testTime as now } from '../testing/a-job.ts';
import { intentWords, jobWords, type RowFacts } from './row-words.ts';

const facts: RowFacts = {
  now,
  stale: false,
  limits: { artifactBytes: 10e9, deadlineMs: 1_800_000 },
  lastPolled: now,
  pace: null,
  downloadedAt: null,
};
const pace = aPace();
const worker = { name: 'prep-1', lastHeardAt: at(-22_000), leaseExpiresAt: at(8000) };

describe('the words of a row', () => {
  test('tell the place in line and when it starts', () => {
    const inLine = aPace({ inLine: true, finishAt: now + 50_000 });
    expect(jobWords('queued', aJob({ status: 'queued' }), { ...facts, pace: inLine })).toMatchObject({
      label: 'In line',
      detail: '3rd',
      end: 'starts in about 50 s',
    });
  });

  test('tell how far it is and how long it takes', () => {
    expect(jobWords('running', aJob(), { ...facts, pace })).toEqual({
      label: 'Preparing',
      percent: 62,
      detail: '1.1 of 1.8 GB',
      end: 'about 40 s left',
    });
  });

  test('say that it takes longer than usual past the first high bound', () => {
    const late = aPace({ finishAt: now + 180_000, highAt: now + 200_000, madeAt: now - 60_000, usualUntil: now - 1 });
    expect(jobWords('running', aJob(), { ...facts, pace: late })).toMatchObject({ end: 'longer than usual, about 3 min left', veryLate: false });
    const veryLate = { ...late, usualUntil: now - 41_000 };
    expect(jobWords('running', aJob(), { ...facts, pace: veryLate }).veryLate).toBe(true);
  });

  test('say from the second attempt on which one it is', () => {
    expect(jobWords('running', aJob({ attempts: 2 }), facts).attempt).toBe('attempt 2');
    expect(jobWords('running', aJob(), facts).attempt).toBeUndefined();
  });

  test('say what is not known', () => {
    const progress = { ...aJob().progress, indeterminate: true, bytesDone: 212e6, bytesTotal: null };
    expect(jobWords('unknown-size', aJob({ progress }), facts)).toMatchObject({
      label: 'Preparing',
      detail: '212 MB so far',
      end: 'time not known yet',
    });
  });

  test('count down to the next attempt', () => {
    const job = aJob({ status: 'queued', nextAttemptAt: at(8000), errorCode: 'source-unavailable', attempts: 1 });
    expect(jobWords('retrying', job, facts)).toEqual({
      label: 'Trying again in 8 s',
      detail: 'attempt 2 of 5',
      end: 'the source did not answer',
    });
  });

  test('tell silence, and what happens at the end of the lease', () => {
    expect(jobWords('silent', aJob({ worker }), facts)).toMatchObject({
      label: 'No word for 22 s',
      detail: 'last seen at 62%',
      end: 'restarts by itself in 8 s',
    });
    expect(jobWords('silent', aJob({ worker }), { ...facts, now: now + 9000 }).end).toBe('is being restarted');
  });

  test('tell how long there was no news', () => {
    const job = aJob({ worker: { ...worker, lastHeardAt: at(-130_000) } });
    expect(jobWords('stuck', job, facts)).toMatchObject({
      label: 'No news for 2 min',
      detail: 'it may be stuck; we keep asking',
    });
  });

  test('neither count nor estimate while what is known is old', () => {
    const stale = { ...facts, stale: true, pace };
    expect(jobWords('queued', aJob({ status: 'queued' }), stale)).toEqual({ label: 'In line', detail: '3rd' });
    expect(jobWords('running', aJob(), stale).end).toBeUndefined();
    expect(jobWords('silent', aJob({ worker }), stale).label).toBe('No word');
    expect(jobWords('retrying', aJob({ nextAttemptAt: at(8000) }), stale).label).toBe('Trying again');
  });

  test('tell how long a file is there, and warn in its last hour', () => {
    const life = (ms: number) => jobWords('ready', aJob({ status: 'completed', expiresAt: at(ms) }), facts);
    expect(life(23.5 * 3_600_000)).toMatchObject({ label: 'Ready', detail: 'available for 23 h', soon: false });
    expect(life(38.5 * 60_000)).toMatchObject({ detail: 'available for 38 min', shortDetail: 'for 38 min', soon: true });
    expect(life(30_000).detail).toBe('expires now');
  });

  test('tell a failure by how often it was tried and why it ended', () => {
    expect(jobWords('failed', aJob({ status: 'failed', attempts: 5 }), facts)).toEqual({
      label: 'Failed',
      detail: 'after 5 attempts',
      note: 'The storage behind this file did not answer.',
    });
    expect(jobWords('failed', aJob({ status: 'failed', attempts: 1 }), facts).detail).toBe('after 1 attempt');
  });

  test('tell that nothing was kept of what was cancelled', () => {
    expect(jobWords('cancelled', aJob({ status: 'cancelled' }), facts)).toMatchObject({
      label: 'Cancelled',
      note: 'Nothing was kept.',
    });
  });

  test('tell why something was not sent yet', () => {
    expect(intentWords({ state: 'offline' }, now).detail).toBe('goes out when the connection is back');
    expect(intentWords({ state: 'refused', retryAt: now + 3500 }, now).detail).toBe('trying again in 4 s');
  });
});

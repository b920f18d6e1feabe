import { describe, expect, test } from 'vitest';
import type { Job } from '#shared/job.ts';
import { aJob, aTracked, at, testTime as now } from '../testing/a-job.ts';
import { intentState, jobState } from './row-state.ts';
import type { TrackedJob } from './tracked-job.ts';

const calm = { now, failedPolls: 0, cancelling: false };
const stateOf = (change: Partial<Job>, tracked: Partial<TrackedJob> = {}, around: Partial<typeof calm> = {}) => {
  const job = aJob(change);
  return jobState(job, aTracked(job, tracked), { ...calm, ...around });
};
const worker = (heardMs: number, leaseMs: number) => ({
  name: 'prep-1',
  lastHeardAt: at(heardMs),
  leaseExpiresAt: at(leaseMs),
});

describe('what a row shows', () => {
  test.each([
    ['queued', { status: 'queued' }],
    ['retrying', { status: 'queued', nextAttemptAt: at(8000) }],
    ['running', { status: 'running', worker: worker(-1000, 29_000) }],
    ['unknown-size', { status: 'running', progress: { ...aJob().progress, indeterminate: true } }],
    ['packing', { status: 'processing_artifacts' }],
    ['ready', { status: 'completed' }],
    ['failed', { status: 'failed' }],
    ['cancelled', { status: 'cancelled' }],
    ['expired', { status: 'expired' }],
  ] as const)('is %s for %o', (state, change) => {
    expect(stateOf(change)).toBe(state);
  });

  test('is silence once nothing was heard of the worker for 15 s', () => {
    expect(stateOf({ worker: worker(-14_000, 16_000) })).toBe('running');
    expect(stateOf({ worker: worker(-15_000, 15_000) })).toBe('silent');
  });

  test('does not take the time since the last poll for silence', () => {
    const job = aJob({ worker: worker(-1000, 29_000) });
    expect(jobState(job, aTracked(job), { ...calm, now: now + 60_000 })).toBe('running');
  });

  test('is possibly stuck two minutes after the end of the lease', () => {
    expect(stateOf({ worker: worker(-140_000, -119_000) })).toBe('silent');
    expect(stateOf({ worker: worker(-150_000, -120_000) })).toBe('stuck');
  });

  test('is possibly stuck after five failed polls in a row, and only while something is awaited', () => {
    expect(stateOf({}, {}, { failedPolls: 4 })).toBe('running');
    expect(stateOf({}, {}, { failedPolls: 5 })).toBe('stuck');
    expect(stateOf({ status: 'queued' }, {}, { failedPolls: 5 })).toBe('stuck');
    expect(stateOf({ status: 'completed' }, {}, { failedPolls: 5 })).toBe('ready');
  });

  test('is downloaded once it was taken, and expired once its time is over', () => {
    expect(stateOf({ status: 'completed' }, { downloadedAt: at(0) })).toBe('downloaded');
    expect(stateOf({ status: 'completed', expiresAt: at(-1) })).toBe('expired');
  });

  test('is cancelled from the click on', () => {
    expect(stateOf({}, {}, { cancelling: true })).toBe('cancelled');
  });

  test('is sending or not sent before the server knows of it', () => {
    expect(intentState(undefined)).toBe('sending');
    expect(intentState({ state: 'sending' })).toBe('sending');
    expect(intentState({ state: 'offline' })).toBe('unsent');
    expect(intentState({ state: 'refused', retryAt: 0 })).toBe('unsent');
  });
});

import { describe, expect, test } from 'vitest';
import { ApiError, NetworkError } from '../api/api-error.ts';
import { drawBackoff } from '../api/backoff.ts';
import { failAgain, mustWait } from '../api/poll-failure.ts';
import { nextPoll } from './poll-rhythm.ts';

const heard = (nextPollInMs: number | null) => ({ nextPollInMs, heardAt: 1 });

describe('the rhythm of polling', () => {
  test('is the one the server asks for', () => {
    expect(nextPoll({ status: 'success', data: heard(2140), error: null })).toBe(2140);
  });

  test('stops when nothing is left to ask', () => {
    expect(nextPoll({ status: 'success', data: heard(null), error: null })).toBe(false);
    expect(nextPoll({ status: 'pending', data: undefined, error: null })).toBe(false);
  });

  test('is after a failure the wait that was drawn with it, the same each time it is asked', () => {
    const error = failAgain(null, new NetworkError('gone'), 0, () => 0.5);
    const state = { status: 'error', data: heard(2140), error } as const;
    expect(nextPoll(state)).toBe(error.retryInMs);
    expect(nextPoll(state)).toBe(nextPoll(state));
  });

  test('is at most every 30 s out of sight', () => {
    expect(nextPoll({ status: 'success', data: heard(2140), error: null }, true)).toBe(30_000);
    expect(nextPoll({ status: 'success', data: heard(40_000), error: null }, true)).toBe(40_000);
    expect(nextPoll({ status: 'success', data: heard(null), error: null }, true)).toBe(false);
  });

  test('lets nothing hurry past what the server asked for in its Retry-After', () => {
    const patience = failAgain(null, new ApiError(429, null, 12_000), 1000);
    expect(mustWait(patience, 12_999)).toBe(true);
    expect(mustWait(patience, 13_000)).toBe(false);
    expect(mustWait(failAgain(null, new NetworkError('gone'), 1000), 1001)).toBe(false);
  });

  test('counts failures in a row', () => {
    const first = failAgain(null, new NetworkError('gone'));
    expect(failAgain(first, new NetworkError('gone')).failures).toBe(2);
  });
});

describe('backoff', () => {
  test('draws from the whole span under a growing cap of at most 30 s', () => {
    const error = new NetworkError('gone');
    expect(drawBackoff(1, error, () => 0)).toBe(0);
    expect(drawBackoff(1, error, () => 1)).toBe(2000);
    expect(drawBackoff(3, error, () => 1)).toBe(8000);
    expect(drawBackoff(20, error, () => 1)).toBe(30_000);
  });

  test('takes Retry-After as the least', () => {
    expect(drawBackoff(1, new ApiError(503, null, 12_000), () => 0)).toBe(12_000);
    expect(drawBackoff(9, new ApiError(503, null, 12_000), () => 1)).toBe(30_000);
  });
});

import { describe, expect, test } from 'vitest';
import { ApiError, NetworkError } from '../api/api-error.ts';
import { failAgain, type PollFailure } from '../api/poll-failure.ts';
import { connectionOf } from './connection.ts';

const none = { online: true, pollFailure: null, healthFailure: null };

function failed(times: number, cause: Error): PollFailure {
  let failure = failAgain(null, cause, 0, () => 0.5);
  for (let count = 1; count < times; count++) failure = failAgain(failure, cause, 0, () => 0.5);
  return failure;
}

describe('the connection', () => {
  test('is lost at once when the browser says so, and comes back with it', () => {
    expect(connectionOf({ ...none, online: false })).toEqual({ state: 'offline', nextTryAt: null });
  });

  test('is lost after two failed polls, with the time of the next try', () => {
    const gone = new NetworkError('gone');
    expect(connectionOf({ ...none, pollFailure: failed(1, gone) }).state).toBe('ok');
    expect(connectionOf({ ...none, pollFailure: failed(2, gone) })).toEqual({ state: 'offline', nextTryAt: 2000 });
    expect(connectionOf({ ...none, healthFailure: failed(2, gone) }).state).toBe('offline');
  });

  test('is there with a service that fails when the server was reached', () => {
    expect(connectionOf({ ...none, pollFailure: failed(2, new ApiError(500, null, null)) }).state).toBe('failing');
  });

  test('wants a person to sign in again at the first answer that says so', () => {
    const unknown = failed(1, new ApiError(401, null, null));
    expect(connectionOf({ ...none, pollFailure: unknown }).state).toBe('signed-out');
  });

  test('is fine while the server only asks for patience', () => {
    expect(connectionOf({ ...none, pollFailure: failed(3, new ApiError(429, null, 20_000)) }).state).toBe('ok');
  });
});

import { describe, expect, test } from 'vitest';
import { ApiError, NetworkError } from '../api/api-error.ts';
import { aCall } from '../testing/a-call.ts';
import { failuresInARow } from './failures-in-a-row.ts';

const broken = (status = 500) => aCall({ status, error: new ApiError(status, null, null) });
const lost = () => aCall({ status: null, error: new NetworkError('The server could not be reached.') });
const aborted = () => aCall({ status: null, error: new DOMException('', 'AbortError') });
const cancel = { method: 'POST', path: '/v1/download/cancel/dl_1' };

describe('a report is made', () => {
  test('of polls when trying again has not helped, once for as long as it lasts', () => {
    const counts = failuresInARow(() => true);
    expect([broken(), broken(503), lost(), broken(), broken()].map(counts)).toEqual([false, false, true, false, false]);
    expect([aCall(), broken(), broken(), broken()].map(counts)).toEqual([false, false, false, true]);
  });

  test('of what a person did at once, since nothing tries it again', () => {
    const counts = failuresInARow(() => true);
    expect(counts({ ...broken(), ...cancel })).toBe(true);
  });

  test('of an answer that is in nobody’s contract', () => {
    const counts = failuresInARow(() => true);
    expect(counts({ ...broken(200), ...cancel })).toBe(true);
  });

  test.each([400, 401, 404, 409, 422, 429])('never of a refusal: %i', (status) => {
    const counts = failuresInARow(() => true);
    expect(counts({ ...broken(status), ...cancel })).toBe(false);
  });

  test('never of what was given up, which ends no row of failures either', () => {
    const counts = failuresInARow(() => true);
    expect([broken(), broken(), aborted(), broken()].map(counts)).toEqual([false, false, false, true]);
  });

  test('never of a computer without a connection', () => {
    const counts = failuresInARow(() => false);
    expect([lost(), lost(), lost()].map(counts)).toEqual([false, false, false]);
  });
});

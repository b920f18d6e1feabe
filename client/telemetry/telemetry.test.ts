import { beforeEach, describe, expect, test, vi } from 'vitest';
import { aCall } from '../testing/a-call.ts';
import type { Telemetry, Word } from './words.ts';

let early: typeof import('./telemetry.ts');

beforeEach(async () => {
  vi.resetModules();
  early = await import('./telemetry.ts');
});

function aListener() {
  const heard: Word[] = [];
  const headers = { traceparent: '00-a-b-00' };
  const begin = () => ({ headers, traceId: 'a', spanId: 'b', end: () => {} });
  const listener: Telemetry = { begin, hear: (word) => heard.push(word), reporter: null };
  return { heard, listener, headers };
}

const aWrite = () => aCall({ method: 'POST', path: '/v1/download/initiate' });

describe('until the part that passes words on has come', () => {
  test('they are kept, and handed to it in their order, once', async () => {
    const { heard, listener } = aListener();
    const words: Word[] = [aCall(), { error: new Error('early'), at: 1, how: 'error' }, aCall({ status: 500 })];
    words.forEach(early.tell);
    early.telemetryComes(() => Promise.resolve(listener));
    await Promise.all([early.bringTelemetry(), early.bringTelemetry()]);
    expect(heard).toEqual(words);
    const late = aCall();
    early.tell(late);
    expect(heard.at(-1)).toBe(late);
  });

  test('a word that falls into the moment of its coming is not lost', async () => {
    const { heard, listener } = aListener();
    const { promise, resolve } = Promise.withResolvers<Telemetry>();
    early.telemetryComes(() => promise);
    const come = early.bringTelemetry();
    resolve(listener);
    const word = aCall();
    queueMicrotask(() => early.tell(word));
    await come;
    await vi.waitFor(() => expect(heard).toEqual([word]));
  });

  test('no more are kept than a page can bear', async () => {
    const { heard, listener } = aListener();
    for (let count = 0; count < 1000; count++) early.tell(aCall());
    early.telemetryComes(() => Promise.resolve(listener));
    await early.bringTelemetry();
    expect(heard).toHaveLength(100);
  });

  test('a question goes out without it, and does not call it', async () => {
    const load = vi.fn(() => Promise.resolve(aListener().listener));
    early.telemetryComes(load);
    expect(await early.traceCall(aCall())).toBeUndefined();
    expect(load).not.toHaveBeenCalled();
  });

  test('what changes something calls it, and waits for it', async () => {
    const { listener, headers } = aListener();
    early.telemetryComes(() => Promise.resolve(listener));
    const call = aWrite();
    expect(await early.traceCall(call)).toEqual(headers);
    expect(call.trace?.traceId).toBe('a');
  });

  test('but no longer than a second', async () => {
    vi.useFakeTimers();
    early.telemetryComes(() => new Promise(() => {}));
    let headers: unknown = 'waiting';
    void early.traceCall(aWrite()).then((given) => (headers = given));
    await vi.advanceTimersByTimeAsync(999);
    expect(headers).toBe('waiting');
    await vi.advanceTimersByTimeAsync(1);
    expect(headers).toBeUndefined();
  });

  test('one that could not be had is called again by the next', async () => {
    const { heard, listener } = aListener();
    const load = vi.fn(() => Promise.resolve(listener)).mockRejectedValueOnce(new Error('no connection'));
    early.telemetryComes(load);
    early.tell(aCall());
    expect(await early.bringTelemetry()).toBeNull();
    expect(heard).toHaveLength(0);
    expect(await early.bringTelemetry()).toBe(listener);
    expect(heard).toHaveLength(1);
  });
});

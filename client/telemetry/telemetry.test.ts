import { beforeEach, describe, expect, test, vi } from 'vitest';
import { aCall } from '../testing/a-call.ts';
import type { Call, Telemetry, Word } from './words.ts';

let early: typeof import('./telemetry.ts');

beforeEach(async () => {
  vi.resetModules();
  early = await import('./telemetry.ts');
});

function aListener() {
  const heard: Word[] = [];
  const headers = { traceparent: '00-a-b-00' };
  const begin = () => ({ headers, end: () => {} });
  const listener: Telemetry = { begin, hear: (word) => heard.push(word), reporter: null };
  return { heard, listener, headers };
}

const unrecorded = ({ place }: Call) => ({ traceparent: `00-${place.traceId}-${place.spanId}-00` });

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

  test('a question goes out at its place, marked as not recorded, and does not call it', () => {
    const load = vi.fn(() => Promise.resolve(aListener().listener));
    early.telemetryComes(load);
    const call = aCall();
    expect(early.traceCall(call)).toEqual(unrecorded(call));
    expect(load).not.toHaveBeenCalled();
  });

  test('so does what changes something, and calls it; what follows is begun by it', async () => {
    const { listener, headers } = aListener();
    const load = vi.fn(() => Promise.resolve(listener));
    early.telemetryComes(load);
    const [call, next] = [aWrite(), aWrite()];
    expect(early.traceCall(call)).toEqual(unrecorded(call));
    expect(load).toHaveBeenCalledOnce();
    await early.bringTelemetry();
    expect(early.traceCall(next)).toEqual(headers);
    expect([call.trace, next.trace?.headers]).toEqual([undefined, headers]);
    expect(load).toHaveBeenCalledOnce();
  });

  test('a call goes out at its place also where that part fails of it', async () => {
    const { listener } = aListener();
    early.telemetryComes(() => Promise.resolve({ ...listener, begin: () => undefined }));
    await early.bringTelemetry();
    const call = aWrite();
    expect(early.traceCall(call)).toEqual(unrecorded(call));
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

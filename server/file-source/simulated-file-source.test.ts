import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import { allOf } from '../testing/all-of.ts';
import { fileSourceContract } from './file-source.contract.ts';
import { simulatedBytes } from './simulated-bytes.ts';
import { simulatedDelayMs } from './simulated-file.ts';
import { SimulatedFileSource } from './simulated-file-source.ts';

const never = new AbortController().signal;
const atOnce = { delayMinMs: 0, delayMaxMs: 0 };
const plainId = 70_000;

fileSourceContract(
  'SimulatedFileSource',
  () => Promise.resolve({ source: new SimulatedFileSource({ delayMinMs: 20, delayMaxMs: 40 }), plainId, missingId: 9999 }),
  { catalogue: true },
);

async function entryOf(fileId: number, source = new SimulatedFileSource(atOnce)) {
  const [entry] = await allOf((await source.find(fileId, never)).entries(never));
  return entry!;
}
const open = async (fileId: number, delays = atOnce, signal = never): Promise<Readable> =>
  (await entryOf(fileId, new SimulatedFileSource(delays))).open(signal);
const both = (ms: number) => ({ delayMinMs: ms, delayMaxMs: ms });

describe('SimulatedFileSource', () => {
  it('knows the numbers from 10,000 to 100,000,000 and no other', async () => {
    const source = new SimulatedFileSource(atOnce);
    for (const fileId of [10_000, 100_000_000]) expect(await source.find(fileId, never)).toMatchObject({ fileId });
    for (const fileId of [9999, 100_000_001]) await expect(source.find(fileId, never)).rejects.toMatchObject({ code: 'file-not-found' });
  });

  it('says the same of a number in every process, in sizes from 1 kB to 8 MB', async () => {
    const of = (fileId: number) => new SimulatedFileSource(atOnce).find(fileId, never);
    for (let fileId = 10_000; fileId < 10_400; fileId += 1) {
      const { fileName, size } = await of(fileId);
      expect(await of(fileId)).toMatchObject({ fileName, size });
      expect(size).toBeGreaterThanOrEqual(1000);
      expect(size).toBeLessThanOrEqual(8_000_000);
      expect(Number.isInteger(size)).toBe(true);
    }
    // Written down, so that an upgrade cannot change what a number means.
    expect(await of(70_000)).toMatchObject({ fileName: 'oslo-ferry-timetable-2023.gtfs.zip', size: 613_515, contentType: 'application/zip' });
    expect(simulatedBytes(70_000, 0, 8).toString('hex')).toBe('2a972e9a0ac8ad52');
  });

  it('makes any part of the bytes without those before', async () => {
    const whole = simulatedBytes(70_000, 0, 1000);
    for (const [offset, length] of [[0, 1], [1, 2], [3, 6], [5, 0], [998, 2], [401, 333]] as const) {
      expect(simulatedBytes(70_000, offset, length)).toEqual(whole.subarray(offset, offset + length));
    }
    const size = (await entryOf(plainId)).size!;
    expect((await buffer(await open(plainId))).equals(simulatedBytes(plainId, 0, size))).toBe(true);
  });

  it('has samples of many kinds, each under a name of its own', async () => {
    const { files, total } = await new SimulatedFileSource(atOnce).list({ query: '', limit: 1000, cursor: null }, never);
    expect([files.length, total]).toEqual([200, 200]);
    expect(new Set(files.map(({ fileName }) => fileName)).size).toBe(200);
    expect(new Set(files.map(({ contentType }) => contentType)).size).toBeGreaterThan(20);
  });

  it('lists any file by its number, sample or not, once it exists', async () => {
    const list = (query: string) => new SimulatedFileSource(atOnce).list({ query, limit: 10, cursor: null }, never);
    expect((await list('12345678')).files.map(({ fileId }) => fileId)).toEqual([12_345_678]);
    expect(await list('#12345678')).toMatchObject({ total: 1 });
    expect((await list('9999')).files.every(({ fileId }) => fileId !== 9999)).toBe(true);
  });
});

describe('the pace of a simulated file', () => {
  it('takes as long as its number says, between the two bounds', () => {
    const range = { delayMinMs: 10_000, delayMaxMs: 120_000 };
    const delays = Array.from({ length: 300 }, (_, n) => simulatedDelayMs(10_000 + n, range));
    expect(Math.min(...delays)).toBeGreaterThanOrEqual(10_000);
    expect(Math.max(...delays)).toBeLessThanOrEqual(120_000);
    expect(new Set(delays).size).toBeGreaterThan(250);
    expect(simulatedDelayMs(70_000, range)).toBe(simulatedDelayMs(70_000, range));
  });

  it('comes evenly over its time, in steps of a quarter second at most', async () => {
    const startedAt = performance.now();
    const at: number[] = [startedAt];
    for await (const _ of await open(await smallest(), both(900))) at.push(performance.now());
    expect(at.at(-1)! - startedAt).toBeGreaterThan(880);
    expect(at.at(-1)! - startedAt).toBeLessThan(1100);
    expect(at.length).toBeGreaterThan(5);
    expect(Math.max(...at.slice(1).map((time, n) => time - at[n]!))).toBeLessThan(300);
  });

  it('spreads even the smallest file over the whole time', async () => {
    const startedAt = performance.now();
    const bytes = await buffer(await open(await smallest(), both(500)));
    expect(bytes.length).toBeLessThan(2000);
    expect(performance.now() - startedAt).toBeGreaterThan(480);
  });

  it('does not wait at all where no delay is wished', async () => {
    const startedAt = performance.now();
    await buffer(await open(plainId));
    expect(performance.now() - startedAt).toBeLessThan(250);
  });

  it('waits for a slow reader, with little in memory', async () => {
    const stream = await open(await largest());
    stream.once('readable', () => {});
    await sleep(60);
    expect(stream.readableLength).toBeGreaterThan(0);
    expect(stream.readableLength).toBeLessThan(200_000);
    stream.destroy();
  });

  it('leaves no timer behind', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      const stop = new AbortController();
      const streams = [await open(plainId, both(60_000), stop.signal), await open(plainId, both(60_000))];
      for (const stream of streams) stream.on('error', () => {}).resume();
      await new Promise(setImmediate);
      expect(vi.getTimerCount()).toBe(2);
      stop.abort();
      streams[1]!.destroy();
      expect(vi.getTimerCount()).toBe(0);
    } finally {
      vi.useRealTimers();
    }
  });
});

describe('a simulated file that misbehaves', () => {
  it('fails twice, then succeeds, and can be shown again', async () => {
    const source = new SimulatedFileSource(atOnce);
    for (let round = 0; round < 2; round += 1) {
      for (let attempt = 0; attempt < 2; attempt += 1) {
        await expect((await entryOf(99_999_901, source)).open(never)).rejects.toMatchObject({ code: 'source-unavailable' });
      }
      const entry = await entryOf(99_999_901, source);
      expect(await buffer(await entry.open(never))).toHaveLength(entry.size!);
    }
  });

  it('is never given', async () => {
    await expect((await entryOf(99_999_902)).open(never)).rejects.toMatchObject({ code: 'source-forbidden' });
  });

  it('does not tell its size, and has one', async () => {
    const file = await new SimulatedFileSource(atOnce).find(99_999_903, never);
    expect([file.size, (await entryOf(99_999_903)).size]).toEqual([null, null]);
    expect((await buffer(await open(99_999_903))).length).toBeGreaterThanOrEqual(1000);
  });

  it('stays silent until it is called off', async () => {
    const stop = new AbortController();
    const stream = await open(99_999_904, atOnce, stop.signal);
    const read = buffer(stream);
    await sleep(50);
    expect(stream.readableLength).toBe(0);
    stop.abort(new Error('enough'));
    await expect(read).rejects.toThrow('enough');
  });

  it('has a speaking name, and is found by its number only', async () => {
    const source = new SimulatedFileSource(atOnce);
    const { files } = await source.list({ query: '', limit: 1000, cursor: null }, never);
    expect(files.filter(({ fileId }) => fileId > 99_999_900 && fileId < 99_999_905)).toEqual([]);
    const found = await source.list({ query: '99999903', limit: 5, cursor: null }, never);
    expect(found.files).toEqual([expect.objectContaining({ fileName: 'size-not-known-beforehand.json', size: null, entries: 1 })]);
  });
});

const sizes = async () => {
  const { files } = await new SimulatedFileSource(atOnce).list({ query: '', limit: 1000, cursor: null }, never);
  return files.toSorted((a, b) => a.size! - b.size!);
};
const smallest = async () => (await sizes())[0]!.fileId;
const largest = async () => (await sizes()).at(-1)!.fileId;

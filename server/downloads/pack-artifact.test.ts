import { createReadStream } from 'node:fs';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { aFile, aFolder, anEntry } from '../testing/a-source-file.ts';
import { readZip } from '../testing/read-zip.ts';
import { SourceFault } from './faults.ts';
import { packArtifact, type PackRules } from './pack-artifact.ts';
import type { SourceFile } from './ports.ts';

const plain = { archive: false, archiveName: null };
const packed = { archive: true, archiveName: null };
const rules: PackRules = { onBytes: () => {}, idleMs: 5000, maxBytes: 1e9 };
const never = new AbortController().signal;

const pack = (files: SourceFile[], packing = plain, more: Partial<PackRules> = {}, signal = never) =>
  packArtifact(files, packing, { ...rules, ...more }, signal);
const fault = (code: string, message = /./) => expect.objectContaining({ code, message: expect.stringMatching(message) as string });

/** Gives the first bytes at once and then nothing more. */
const stalling = (opened: Readable[] = []) => {
  const open = () => {
    const source = new Readable({ read() {} });
    source.push('first');
    opened.push(source);
    return Promise.resolve(source);
  };
  return anEntry('stalling.bin', '', { size: null, open });
};

/** A list of entries whose first step is the given one. */
const listing = (next: () => Promise<never>) => () => ({ [Symbol.asyncIterator]: () => ({ next }) });

describe('packArtifact', () => {
  it('hands a plain file on as it is', async () => {
    const { fileName, contentType, body } = pack([aFile('notes.txt', anEntry('notes.txt', 'as they are'))]);
    expect([fileName, contentType, (await buffer(body)).toString()]).toEqual(['notes.txt', 'text/plain', 'as they are']);
  });

  it('makes a ZIP of one file where one was asked for, of several, and of a folder', async () => {
    const paths = async (files: SourceFile[], packing = plain) => {
      const { contentType, body } = pack(files, packing);
      expect(contentType).toBe('application/zip');
      return readZip(await buffer(body)).map(({ path }) => path);
    };
    expect(await paths([aFile('a.txt')], packed)).toEqual(['a.txt']);
    expect(await paths([aFile('a.txt'), aFile('b.txt')])).toEqual(['a.txt', 'b.txt']);
    expect(await paths([aFolder('c', [anEntry('d.txt')])])).toEqual(['c/d.txt']);
  });

  it('gives an empty file and an empty ZIP', async () => {
    expect(await buffer(pack([aFile('empty', anEntry('empty', ''))]).body)).toHaveLength(0);
    expect(readZip(await buffer(pack([aFolder('nothing', [])]).body))).toEqual([]);
  });

  it('counts what came from the source, not what the ZIP makes of it', async () => {
    let count = 0;
    const files = [aFile('zeros', anEntry('zeros', Buffer.alloc(1_000_000))), aFile('b', anEntry('b', 'abc'))];
    const zip = await buffer(pack(files, packed, { onBytes: (bytes) => (count += bytes) }).body);
    expect(count).toBe(1_000_003);
    expect(zip.length).toBeLessThan(100_000);
  });

  it('asks the source for nothing until it is read', async () => {
    const open = vi.fn<() => Promise<Readable>>();
    const { body } = pack([aFile('a', anEntry('a', 'a', { open }))]);
    await sleep(20);
    body.destroy();
    await sleep(0);
    expect(open).not.toHaveBeenCalled();
  });
});

describe.each([
  ['a plain file', plain],
  ['a ZIP', packed],
])('packArtifact, when all does not go well with %s', (_, packing) => {
  const broken = (files: SourceFile[], more: Partial<PackRules> = {}) => buffer(pack(files, packing, more).body);

  it('passes on what the source says, at opening and in the middle', async () => {
    const forbidden = new SourceFault('source-forbidden', 'No.');
    const opening = anEntry('a', 'a', { open: () => Promise.reject(forbidden) });
    await expect(broken([aFile('a', opening)])).rejects.toBe(forbidden);

    async function* half() {
      yield Buffer.from('half');
      await sleep(5);
      throw forbidden;
    }
    const middle = anEntry('a', '', { size: 8, open: () => Promise.resolve(Readable.from(half(), { objectMode: false })) });
    await expect(broken([aFile('a', middle)])).rejects.toBe(forbidden);
  });

  it('passes on what the source says while it lists its entries', async () => {
    const gone = new SourceFault('file-not-found', 'Gone.');
    await expect(broken([{ ...aFile('a'), entries: listing(() => Promise.reject(gone)) }])).rejects.toBe(gone);
  });

  it('ends with a passing fault when a stream closes without a word', async () => {
    const open = () => {
      const source = new Readable({ read() {} });
      source.push('half');
      setTimeout(() => source.destroy(), 5);
      return Promise.resolve(source);
    };
    await expect(broken([aFile('a', anEntry('a', '', { size: 8, open }))])).rejects.toEqual(fault('source-unavailable', /broke off/));
  });

  it('does not take more or fewer bytes than were declared', async () => {
    await expect(broken([aFile('a', anEntry('a', '123', { size: 2 }))])).rejects.toEqual(fault('checksum-mismatch', /a$/));
    await expect(broken([aFile('a', anEntry('a', '123', { size: 4 }))])).rejects.toEqual(fault('checksum-mismatch'));
    await expect(broken([aFile('a', anEntry('a', '123', { size: null }))])).resolves.toBeInstanceOf(Buffer);
  });

  it('refuses more than is allowed', async () => {
    const file = aFile('a', anEntry('a', Buffer.alloc(1000)));
    await expect(broken([file], { maxBytes: 999 })).rejects.toEqual(fault('artifact-too-large', /999/));
  });

  it('gives up a source that pauses for too long in the middle, and lets go of it', async () => {
    const opened: Readable[] = [];
    await expect(broken([aFile('a', stalling(opened))], { idleMs: 30 })).rejects.toEqual(fault('source-unavailable', /stopped answering/));
    expect(opened.map(({ destroyed }) => destroyed)).toEqual([true]);
  });

  it('waits for the first byte as long as it takes', async () => {
    async function* late() {
      await sleep(80);
      yield Buffer.from('late');
    }
    const open = () => Promise.resolve(Readable.from(late(), { objectMode: false }));
    await expect(broken([aFile('a', anEntry('a', 'late', { open }))], { idleMs: 20 })).resolves.toBeInstanceOf(Buffer);
  });

  it('does not blame the source for a slow reader', async () => {
    const pieces = Array.from({ length: 12 }, () => Buffer.alloc(64 * 1024, crypto.getRandomValues(new Uint8Array(64 * 1024))));
    const open = () => Promise.resolve(Readable.from(pieces, { objectMode: false }));
    const { body } = pack([aFile('a', anEntry('a', '', { size: null, open }))], packing, { idleMs: 20 });
    let count = 0;
    for await (const piece of body as AsyncIterable<Buffer>) {
      count += piece.length;
      await sleep(30);
    }
    expect(count).toBeGreaterThanOrEqual(12 * 64 * 1024);
  });

  it('ends with the reason of the abort: before, while waiting, and while nobody reads', async () => {
    const reason = new Error('cancelled');
    await expect(buffer(pack([aFile('a')], packing, {}, AbortSignal.abort(reason)).body)).rejects.toBe(reason);

    const stop = new AbortController();
    const opened: Readable[] = [];
    const waiting = buffer(pack([aFile('a', stalling(opened))], packing, {}, stop.signal).body);
    await vi.waitFor(() => expect(opened).toHaveLength(1));
    stop.abort(reason);
    await expect(waiting).rejects.toBe(reason);
    expect(opened[0]!.destroyed).toBe(true);

    const later = new AbortController();
    const unread = pack([aFile('a')], packing, {}, later.signal).body;
    later.abort(reason);
    await vi.waitFor(() => expect(unread.closed).toBe(true));
    expect(unread.errored).toBe(reason);
  });

  it('does not wait for a source that answers no abort', async () => {
    const stop = new AbortController();
    const deaf = anEntry('a', 'a', { open: () => new Promise(() => {}) });
    const waiting = buffer(pack([aFile('a', deaf)], packing, {}, stop.signal).body);
    setTimeout(() => stop.abort(new Error('cancelled')), 10);
    await expect(waiting).rejects.toThrow('cancelled');
  });

  it('closes a source that opens when all is over', async () => {
    const { promise, resolve } = Promise.withResolvers<Readable>();
    const open = vi.fn<() => Promise<Readable>>(() => promise);
    const { body } = pack([aFile('a', anEntry('a', 'a', { open }))], packing);
    body.resume();
    await vi.waitFor(() => expect(open).toHaveBeenCalled());
    body.destroy();
    const late = Readable.from(['late']);
    resolve(late);
    await vi.waitFor(() => expect(late.destroyed).toBe(true));
  });

  it('tells the fault although a step of the source never ends', async () => {
    const stop = new AbortController();
    const stuck = { ...aFile('a'), entries: listing(() => new Promise(() => {})) };
    const { body } = pack([stuck], packing, {}, stop.signal);
    setTimeout(() => stop.abort(new Error('cancelled')), 10);
    await expect(buffer(body)).rejects.toThrow('cancelled');
  });
});

it('counts what the ZIP adds, and lets go of the entry in work when it is too much', async () => {
  const opened: Readable[] = [];
  const folder = aFolder('a', [anEntry('b.gz', Buffer.alloc(980)), stalling(opened)]);
  await expect(buffer(pack([folder], plain, { maxBytes: 1000 }).body)).rejects.toEqual(fault('artifact-too-large'));
  expect(opened.filter(({ destroyed }) => !destroyed)).toEqual([]);
});

describe.skipIf(process.platform !== 'linux')('packArtifact with real files', () => {
  let dir: string;
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'pack-'));
    await writeFile(join(dir, 'big'), Buffer.alloc(4_000_000, 'x'));
  });
  afterEach(() => rm(dir, { recursive: true }));

  const openFiles = async () => (await readdir('/proc/self/fd')).length;
  const big = (path: string) =>
    anEntry(path, '', { size: 4_000_000, open: () => Promise.resolve(createReadStream(join(dir, 'big'))) });

  it('leaves none open, however it ends', async () => {
    const before = await openFiles();
    for (let round = 0; round < 8; round += 1) {
      await buffer(pack([aFolder('a', [big('1'), big('2')])]).body);
      await expect(buffer(pack([aFolder('a', [big('1')])], plain, { maxBytes: 5000 }).body)).rejects.toBeDefined();
      const stop = new AbortController();
      const { body } = pack([aFolder('a', [big('1.zip')])], plain, {}, stop.signal);
      const { destroyed } = await new Promise<Readable>((resolve) => body.once('readable', () => resolve(body)));
      expect(destroyed).toBe(false);
      if (round % 2) stop.abort();
      else body.destroy();
    }
    await vi.waitFor(async () => expect(await openFiles()).toBe(before));
  });
});

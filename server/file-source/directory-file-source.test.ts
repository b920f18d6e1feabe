import { spawnSync } from 'node:child_process';
import { appendFile, chmod, link, mkdir, mkdtemp, readdir, realpath, rename, rm, symlink, truncate, unlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer, text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { FileNumbers, SourceEntry } from '../downloads/ports.ts';
import { allOf } from '../testing/all-of.ts';
import { inMemoryNumbers } from '../testing/in-memory-numbers.ts';
import { DirectoryFileSource } from './directory-file-source.ts';
import { fileSourceContract } from './file-source.contract.ts';

const never = new AbortController().signal;

let top: string;
let root: string;
let numbers: FileNumbers;

beforeEach(async () => {
  top = await realpath(await mkdtemp(join(tmpdir(), 'directory-')));
  root = join(top, 'files');
  await mkdir(root);
  numbers = inMemoryNumbers();
});
afterEach(async () => {
  vi.restoreAllMocks();
  await rm(top, { recursive: true, force: true });
});

const put = async (path: string, content: string | Buffer = path) => {
  await mkdir(join(root, path, '..'), { recursive: true });
  await writeFile(join(root, path), content);
};
const openSource = () => DirectoryFileSource.open(root, numbers);
const listed = async () => (await (await openSource()).list({ query: '', limit: 100, cursor: null }, never)).files;
const entriesOf = async (fileId: number) => allOf((await (await openSource()).find(fileId, never)).entries(never));
const entryOf = async (fileId: number): Promise<SourceEntry> => (await entriesOf(fileId))[0]!;
const read = async (entry: SourceEntry) => text(await entry.open(never));
const openFiles = async () => (await readdir('/proc/self/fd')).length;
const onLinux = process.platform === 'linux';

fileSourceContract(
  'DirectoryFileSource',
  async () => {
    await put('70000 big one.bin', Buffer.alloc(3_000_000, 'abcdefg'));
    await put('70001-empty.txt', '');
    await put('survey 2025/a.txt');
    await put('survey 2025/deep/b.txt');
    await mkdir(join(root, 'nothing in here'));
    return { source: await openSource(), plainId: 70_000, missingId: 4 };
  },
  { catalogue: true },
);

describe('DirectoryFileSource', () => {
  it('says at the start when the folder is missing or is none, by the name of its variable', async () => {
    await put('file');
    for (const folder of [join(root, 'missing'), join(root, 'file')]) {
      await expect(DirectoryFileSource.open(folder, numbers)).rejects.toThrow(`FILES_DIR: ${folder} `);
    }
  });

  it('lists names as people sort them, with size, type and number of files', async () => {
    await put('9 plan.pdf', '123');
    await put('10 notes.txt', '');
    await put('11 survey/a.csv', '12345');
    await put('11 survey/b/c.csv', '67890');
    await mkdir(join(root, '12 empty'));
    expect(await listed()).toEqual([
      { fileId: 9, fileName: '9 plan.pdf', size: 3, contentType: 'application/pdf', entries: 1 },
      { fileId: 10, fileName: '10 notes.txt', size: 0, contentType: 'text/plain', entries: 1 },
      { fileId: 11, fileName: '11 survey', size: 10, contentType: 'application/zip', entries: 2 },
      { fileId: 12, fileName: '12 empty', size: 0, contentType: 'application/zip', entries: 0 },
    ]);
  });

  it('gives the files of a folder in order, whatever their depth, with their times', async () => {
    for (const path of ['1 all/part 10.txt', '1 all/part 2.txt', '1 all/a/b/c/d.txt', '1 all/a/b/e.txt', '1 all/Ünï/日本.txt', '1 all/.hidden/x', '1 all/a/.x']) await put(path);
    await utimes(join(root, '1 all/part 2.txt'), 0, new Date('2024-05-06T07:08:09Z'));
    const entries = await entriesOf(1);
    expect(entries.map(({ path }) => path)).toEqual(['a/b/c/d.txt', 'a/b/e.txt', 'part 2.txt', 'part 10.txt', 'Ünï/日本.txt']);
    expect(entries[2]!.modifiedAt).toEqual(new Date('2024-05-06T07:08:09Z'));
    expect(await Promise.all(entries.map(read))).toEqual(entries.map(({ path }) => `1 all/${path}`));
    expect(await (await openSource()).find(1, never)).toMatchObject({ folder: true, size: 87 });
  });

  it('gives an empty folder and an empty file', async () => {
    await mkdir(join(root, '1 empty'));
    await put('2 empty.txt', '');
    expect(await entriesOf(1)).toEqual([]);
    expect(await read(await entryOf(2))).toBe('');
  });

  it('walks a folder with 5,000 files', async () => {
    await mkdir(join(root, '1 many'));
    for (let n = 0; n < 5000; n += 500) {
      await Promise.all(Array.from({ length: 500 }, (_, i) => writeFile(join(root, '1 many', `${n + i}.txt`), `${n + i}`)));
    }
    const entries = await entriesOf(1);
    expect(entries.map(({ path }) => path)).toEqual(Array.from({ length: 5000 }, (_, n) => `${n}.txt`));
    for (const entry of entries.slice(0, 50)) expect(`${await read(entry)}.txt`).toBe(entry.path);
    expect((await listed())[0]).toMatchObject({ entries: 5000 });
  }, 30_000);

  it('lists a folder that cannot be counted in time without its size', async () => {
    await put('1 folder/a.txt');
    vi.spyOn(AbortSignal, 'timeout').mockReturnValue(AbortSignal.abort(new Error('time is over')));
    expect(await listed()).toEqual([expect.objectContaining({ fileName: '1 folder', size: null, entries: 0 })]);
  });
});

describe('the numbers of a directory', () => {
  it('are those that names begin with, else new ones', async () => {
    for (const name of ['70412 harbour.laz', '70413-harbour.laz', '70414', 'harbour.laz', '0.txt', '99999999999999999999.txt']) await put(name);
    const ids = new Map((await listed()).map(({ fileName, fileId }) => [fileName, fileId]));
    expect(ids.get('70412 harbour.laz')).toBe(70_412);
    expect(ids.get('70413-harbour.laz')).toBe(70_413);
    expect(ids.get('70414')).toBe(70_414);
    expect(new Set(ids.values()).size).toBe(6);
    for (const id of ids.values()) expect(Number.isSafeInteger(id) && id > 0).toBe(true);
  });

  it('stay when two want the same, also when the first is gone, and in a new process', async () => {
    await put('5 b');
    await put('5 a');
    const before = await listed();
    expect(before.find(({ fileName }) => fileName === '5 a')!.fileId).toBe(5);
    await unlink(join(root, '5 a'));
    expect(await listed()).toEqual(before.filter(({ fileName }) => fileName === '5 b'));
    await expect(entriesOf(5)).rejects.toMatchObject({ code: 'file-not-found' });
    await put('5 a');
    expect(await listed()).toEqual(before);
  });

  it('are looked for anew when one is unknown, at most every two seconds, and once for all who ask', async () => {
    await put('1 a');
    const assign = vi.fn<FileNumbers['assign']>(async (wishes) => sleep(30, inMemoryNumbers().assign(wishes)));
    numbers = { assign };
    const source = await openSource();
    const now = vi.spyOn(performance, 'now').mockReturnValue(10_000);
    await Promise.all(Array.from({ length: 20 }, () => source.find(1, never)));
    expect(assign).toHaveBeenCalledTimes(1);
    await put('2 b');
    await expect(source.find(2, never)).rejects.toMatchObject({ code: 'file-not-found' });
    now.mockReturnValue(12_001);
    expect(await source.find(2, never)).toMatchObject({ fileName: '2 b' });
    expect(assign).toHaveBeenLastCalledWith([{ name: '2 b', wished: 2 }]);
  });
});

describe('the version of a file', () => {
  const versionOf = async (fileId: number) => (await (await openSource()).find(fileId, never)).version;

  it('is another one once the file, or a file deep in the folder, is written anew, replaced, added or renamed', async () => {
    await put('70000 a.txt', 'hello');
    await put('70001 folder/deep/b.txt', 'hello');
    const changes = [
      () => put('70000 a.txt', 'hullo'),
      () => rename(join(root, '70001 folder/deep/b.txt'), join(root, '70001 folder/deep/c.txt')),
      () => put('70001 folder/deep/c.txt', 'hullo'),
      () => put('70001 folder/other/d.txt', ''),
    ];
    for (const change of changes) {
      const before = await Promise.all([versionOf(70_000), versionOf(70_001)]);
      expect(await Promise.all([versionOf(70_000), versionOf(70_001)])).toEqual(before);
      await change();
      expect(await Promise.all([versionOf(70_000), versionOf(70_001)])).not.toEqual(before);
    }
  });
});

describe('what a directory leaves out', () => {
  it('shows no hidden files, symlinks, pipes, or names that are not UTF-8', async () => {
    await put('1 seen.txt');
    await put('.hidden');
    await writeFile(join(top, 'secret'), 'secret');
    await symlink(join(top, 'secret'), join(root, '2 link'));
    await symlink(top, join(root, '3 folder link'));
    await symlink('1 seen.txt', join(root, '4 link inside'));
    await symlink(join(top, 'nowhere'), join(root, '5 dangling'));
    if (spawnSync('mkfifo', [join(root, '6 pipe')]).status !== 0) process.stderr.write('mkfifo is missing: tried without a pipe\n');
    if (onLinux) await writeFile(Buffer.concat([Buffer.from(join(root, '7 ')), Buffer.from([0xff, 0xfe])]), 'x');
    const all = { query: '', limit: 100, cursor: null };
    expect(await (await openSource()).list(all, never)).toMatchObject({ files: [{ fileName: '1 seen.txt' }], total: 1 });
    for (const id of [2, 3, 4, 5, 6, 7]) await expect(entriesOf(id)).rejects.toMatchObject({ code: 'file-not-found' });
  });

  it('follows no symlink inside of a folder', async () => {
    await put('1 folder/a.txt');
    await writeFile(join(top, 'secret'), 'secret');
    await symlink(join(top, 'secret'), join(root, '1 folder/b.txt'));
    await symlink(top, join(root, '1 folder/c'));
    await symlink('..', join(root, '1 folder/d'));
    expect((await entriesOf(1)).map(({ path }) => path)).toEqual(['a.txt']);
  });

  it('works when the folder itself is reached by a link, also one that is turned', async () => {
    await put('1 a.txt', 'old');
    await mkdir(join(top, 'new'));
    await writeFile(join(top, 'new/1 a.txt'), 'new');
    const way = join(top, 'way');
    await symlink(root, way);
    const source = await DirectoryFileSource.open(way, numbers);
    const first = async () => (await allOf((await source.find(1, never)).entries(never)))[0]!;
    expect(await read(await first())).toBe('old');
    await unlink(way);
    await symlink(join(top, 'new'), way);
    await rm(root, { recursive: true });
    expect(await read(await first())).toBe('new');
  });
});

describe('a file that is tampered with', () => {
  beforeEach(async () => {
    await put('1 a.bin', Buffer.alloc(1_000_000, 'a'));
    // A whole second, so that a test can give another file the very same time.
    await utimes(join(root, '1 a.bin'), 1_700_000_000, 1_700_000_000);
    await put('2 folder/deep/b.txt', 'inside');
  });
  const readInPart = async () => {
    const stream = await (await entryOf(1)).open(never);
    const pieces: AsyncIterator<Buffer> = stream[Symbol.asyncIterator]();
    await pieces.next();
    return { rest: () => buffer(Readable.from({ [Symbol.asyncIterator]: () => pieces })) };
  };
  const changed = { code: 'checksum-mismatch', message: 'The file changed while it was read.' };

  it('is not given when a link, or another file, took its place after it was found', async () => {
    const entry = await entryOf(1);
    await rename(join(root, '1 a.bin'), join(top, 'moved'));
    await symlink(join(top, 'moved'), join(root, '1 a.bin'));
    await expect(entry.open(never)).rejects.toMatchObject({ code: 'file-not-found' });
    await unlink(join(root, '1 a.bin'));
    await put('1 a.bin', Buffer.alloc(1_000_000, 'b'));
    const { modifiedAt } = entry;
    await utimes(join(root, '1 a.bin'), modifiedAt!, modifiedAt!);
    await expect(entry.open(never)).rejects.toMatchObject(changed);
  });

  it('is not given when a pipe took its place', async () => {
    const entry = await entryOf(1);
    await unlink(join(root, '1 a.bin'));
    if (spawnSync('mkfifo', [join(root, '1 a.bin')]).status !== 0) await mkdir(join(root, '1 a.bin'));
    await expect(entry.open(never)).rejects.toMatchObject(changed);
  });

  it('is not given through a folder that became a link, even when it leads to the very same file', async () => {
    const entry = await entryOf(2);
    expect(await read(entry)).toBe('inside');
    await mkdir(join(top, 'outside'));
    await link(join(root, '2 folder/deep/b.txt'), join(top, 'outside/b.txt'));
    await rename(join(root, '2 folder/deep'), join(root, '2 folder/old'));
    await symlink(join(top, 'outside'), join(root, '2 folder/deep'));
    await expect(entry.open(never)).rejects.toMatchObject(changed);
    expect((await entriesOf(2)).map(({ path }) => path)).toEqual(['old/b.txt']);
  });

  it('is not walked through a folder that became a link', async () => {
    const file = await (await openSource()).find(2, never);
    await rename(join(root, '2 folder'), join(top, 'moved'));
    await symlink(join(top, 'moved'), join(root, '2 folder'));
    await expect(allOf(file.entries(never))).rejects.toMatchObject({ code: 'file-not-found' });
  });

  it('ends badly when it grows, shrinks, or is written anew while it is read', async () => {
    const path = join(root, '1 a.bin');
    const whileRead = async (change: () => Promise<void>) => {
      const { rest } = await readInPart();
      await change();
      await expect(rest()).rejects.toMatchObject(changed);
    };
    await whileRead(() => appendFile(path, 'more'));
    await whileRead(() => truncate(path, 500_000));
    await whileRead(() => writeFile(path, Buffer.alloc(500_000, 'b')));
    const { rest } = await readInPart();
    expect(await rest()).toBeInstanceOf(Buffer);
  });

  it('is missed when it is gone before it is opened, and read to its end when it goes after that', async () => {
    const entry = await entryOf(1);
    const { rest } = await readInPart();
    await unlink(join(root, '1 a.bin'));
    expect((await rest()).length).toBeGreaterThan(500_000);
    await expect(entry.open(never)).rejects.toMatchObject({ code: 'file-not-found', message: expect.stringContaining('1 a.bin') as string });
    await expect(entriesOf(1)).rejects.toMatchObject({ code: 'file-not-found' });
  });

  it('is told from a folder that is away as a whole, which may come back', async () => {
    const source = await openSource();
    await source.find(1, never);
    await rename(root, join(top, 'away'));
    await expect(source.find(1, never)).rejects.toMatchObject({ code: 'source-unavailable' });
    await expect(openSource()).rejects.toThrow('FILES_DIR');
    await rename(join(top, 'away'), root);
    expect(await source.find(1, never)).toMatchObject({ fileId: 1 });
  });

  it('is refused when we may not read it', async () => {
    const entry = await entryOf(1);
    await chmod(join(root, '1 a.bin'), 0);
    await asNobody(() => expect(entry.open(never)).rejects.toMatchObject({ code: 'source-forbidden' }));
  });

  /** Root may read everything, so it steps down for a moment. */
  async function asNobody(work: () => Promise<void>): Promise<void> {
    const isRoot = process.getuid?.() === 0;
    if (isRoot) {
      for (const folder of [top, root]) await chmod(folder, 0o755);
      process.seteuid?.(65_534);
    }
    try {
      await work();
    } finally {
      if (isRoot) process.seteuid?.(0);
    }
  }

  it.skipIf(!onLinux)('leaves no file open, however its reading ends', async () => {
    const entry = await entryOf(1);
    const before = await openFiles();
    for (let round = 0; round < 20; round += 1) {
      const stop = new AbortController();
      const [unread, aborted, dropped] = await Promise.all([entry.open(never), entry.open(stop.signal), entry.open(never)]);
      aborted.on('error', () => {}).resume();
      dropped.resume();
      stop.abort();
      unread.destroy();
      dropped.destroy();
      await buffer(await entry.open(never));
    }
    await put('1 a.bin', 'other');
    await expect(entry.open(never)).rejects.toMatchObject(changed);
    await vi.waitFor(async () => expect(await openFiles()).toBe(before));
  });
});

import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { buffer, text } from 'node:stream/consumers';
import { CreateBucketCommand, DeleteObjectCommand, PutBucketPolicyCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import type { SourceEntry } from '../downloads/ports.ts';
import { connectS3 } from '../s3/connect-s3.ts';
import type { S3Access } from '../s3/s3-access.ts';
import { allOf } from '../testing/all-of.ts';
import { describeWith } from '../testing/describe-with.ts';
import { inMemoryNumbers } from '../testing/in-memory-numbers.ts';
import { MeddlingProxy } from '../testing/meddling-proxy.ts';
import { gatewayOfSuite, gatewayProgram } from '../testing/start-object-gateway.ts';
import { fileSourceContract } from './file-source.contract.ts';
import { S3FileSource } from './s3-file-source.ts';

// A real server on a machine that may have other work to do.
vi.setConfig({ testTimeout: 60_000 });

const never = new AbortController().signal;

describeWith(gatewayProgram, 'S3FileSource', () => {
  const gateway = gatewayOfSuite();
  let owner: S3Client;
  beforeAll(() => {
    owner = connectS3(gateway.access(), 'asking');
  });
  afterAll(() => owner.destroy());

  const put = (bucket: string, key: string, body: string | Buffer = key) => owner.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: Buffer.from(body) }));
  const remove = (bucket: string, key: string) => owner.send(new DeleteObjectCommand({ Bucket: bucket, Key: key }));
  const aBucket = async (files: Record<string, string | Buffer> = {}) => {
    const bucket = `s-${randomUUID()}`;
    await owner.send(new CreateBucketCommand({ Bucket: bucket }));
    for (const [key, body] of Object.entries(files)) await put(bucket, key, body);
    return bucket;
  };
  const open = async (bucket: string, { prefix = '', numbers = inMemoryNumbers(), ...access }: Partial<S3Access> & { prefix?: string; numbers?: ReturnType<typeof inMemoryNumbers> } = {}) => {
    const source = await S3FileSource.open({ access: gateway.access(access), bucket, prefix }, numbers);
    onTestFinished(() => source.close());
    return source;
  };
  const listed = async (source: S3FileSource) => (await source.list({ query: '', limit: 100, cursor: null }, never)).files;
  const entriesOf = async (source: S3FileSource, fileId: number) => allOf((await source.find(fileId, never)).entries(never));
  const entryOf = async (source: S3FileSource, fileId: number): Promise<SourceEntry> => (await entriesOf(source, fileId))[0]!;
  const read = async (entry: SourceEntry) => text(await entry.open(never));
  /** So much later, as the source sees it, it is from now on, however long the test takes. */
  const pass = (ms: number) => {
    const now = performance.now() + ms;
    vi.spyOn(performance, 'now').mockImplementation(() => now);
    onTestFinished(() => void vi.restoreAllMocks());
  };

  let filled: Promise<string> | undefined;
  fileSourceContract(
    'S3FileSource',
    async () => {
      filled ??= aBucket({
        'in/70000 big one.bin': Buffer.alloc(3_000_000, 'abcdefg'),
        'in/70001-empty.txt': '',
        'in/survey 2025/a.txt': 'a',
        'in/survey 2025/deep/b.txt': 'bb',
        'in/nothing in here/': '',
        'in/': '',
        'outside.txt': 'outside',
      });
      const source = await S3FileSource.open({ access: gateway.access(), bucket: await filled, prefix: 'in' }, inMemoryNumbers());
      return { source, plainId: 70_000, missingId: 4 };
    },
    { catalogue: true },
  );

  describe('its files', () => {
    it('are the objects and prefixes directly below the prefix, with the names, types, sums and numbers that a directory gives', async () => {
      const bucket = await aBucket({
        'x/9 plan.pdf': '123',
        'x/10 notes.txt': '',
        'x/11 survey/a.csv': '12345',
        'x/11 survey/b/c.csv': '67890',
        'x/12 empty/': '',
        'x/.hidden': 'h',
        'x/.hidden folder/a': 'h',
        'x//b': 'no name',
        'x/plain': 'p',
        'xy/13 beside': 'b',
      });
      for (const prefix of ['x', 'x/', '/x//']) {
        expect(await listed(await open(bucket, { prefix }))).toEqual([
          { fileId: 9, fileName: '9 plan.pdf', size: 3, contentType: 'application/pdf', entries: 1 },
          { fileId: 10, fileName: '10 notes.txt', size: 0, contentType: 'text/plain', entries: 1 },
          { fileId: 11, fileName: '11 survey', size: 10, contentType: 'application/zip', entries: 2 },
          { fileId: 12, fileName: '12 empty', size: 0, contentType: 'application/zip', entries: 0 },
          { fileId: expect.any(Number) as number, fileName: 'plain', size: 1, contentType: 'application/octet-stream', entries: 1 },
        ]);
      }
      expect((await listed(await open(bucket))).map(({ fileName }) => fileName)).toEqual(['x', 'xy']);
    });

    it('keep their numbers in another process and after they were gone', async () => {
      const bucket = await aBucket({ '5 a': 'a', '5 b': 'b', c: 'c' });
      const numbers = inMemoryNumbers();
      const before = await listed(await open(bucket, { numbers }));
      expect(before.find(({ fileName }) => fileName === '5 a')!.fileId).toBe(5);
      await remove(bucket, '5 a');
      expect(await listed(await open(bucket, { numbers }))).toEqual(before.filter(({ fileName }) => fileName !== '5 a'));
      await put(bucket, '5 a', 'x');
      expect(await listed(await open(bucket, { numbers }))).toEqual(before);
    });

    it('are told apart where an object and a prefix have the same name', async () => {
      const source = await open(await aBucket({ twin: 'an object', 'twin/a.txt': 'below' }));
      const rows = await listed(source);
      expect(rows.map(({ fileName, contentType }) => [fileName, contentType])).toEqual([
        ['twin', 'application/octet-stream'],
        ['twin', 'application/zip'],
      ]);
      expect(await Promise.all(rows.map(async ({ fileId }) => read(await entryOf(source, fileId))))).toEqual(['an object', 'below']);
    });

    it('may be called whatever an object may be called', async () => {
      const names = ['a+b c.txt', '%41.txt', 'ü 日本.txt', "it's & <b>.txt", 'tab\tand\u0001bell.txt', 'back\\slash.txt', 'q?a=b#c.txt'];
      const source = await open(await aBucket(Object.fromEntries(names.flatMap((name) => [[name, name], [`folder/${name}`, name]]))));
      const rows = await listed(source);
      expect(rows.map(({ fileName }) => fileName).toSorted()).toEqual([...names, 'folder'].toSorted());
      for (const { fileId, fileName } of rows.filter((row) => row.fileName !== 'folder')) expect(await read(await entryOf(source, fileId))).toBe(fileName);
      const folder = rows.find(({ fileName }) => fileName === 'folder')!;
      const entries = await entriesOf(source, folder.fileId);
      expect(entries.map(({ path }) => path).toSorted()).toEqual(names.toSorted());
      expect(await Promise.all(entries.map(read))).toEqual(entries.map(({ path }) => path));
    });

    it('of a folder come in the order of their keys, through more than one page, and without what is hidden', async () => {
      const bucket = await aBucket({ '1 all/.x': '', '1 all/a/.b/c': '', '1 all//d': '', '1 all/a/': '' });
      const many = Array.from({ length: 1005 }, (_, n) => `1 all/${String(n).padStart(4, '0')}.txt`);
      for (let n = 0; n < many.length; n += 50) await Promise.all(many.slice(n, n + 50).map((key) => put(bucket, key)));
      const source = await open(bucket);
      expect(await listed(source)).toMatchObject([{ fileId: 1, size: 1005 * 14, entries: 1005 }]);
      const entries = await entriesOf(source, 1);
      expect(entries.map(({ path }) => `1 all/${path}`)).toEqual(many);
      expect(entries[0]!.modifiedAt!.getTime()).toBeGreaterThan(Date.now() - 3_600_000);
      expect(await read(entries[1004]!)).toBe('1 all/1004.txt');
    });
  });

  describe('a change', () => {
    it('makes another version, of a file and of the folder it is in', async () => {
      const bucket = await aBucket({ '1 a': 'aaa', '2 folder/b': 'bbb', '2 folder/deep/c': 'ccc' });
      const versions = async () => {
        const source = await open(bucket);
        return Promise.all([1, 2].map(async (fileId) => (await source.find(fileId, never)).version));
      };
      const [before, again] = [await versions(), await versions()];
      expect(again).toEqual(before);
      await put(bucket, '1 a', 'AAA');
      await put(bucket, '2 folder/deep/c', 'CCC');
      const after = await versions();
      for (const [index, version] of after.entries()) expect(version).not.toBe(before[index]);
      await remove(bucket, '2 folder/b');
      expect((await versions())[1]).not.toBe(after[1]);
    });

    it('is noticed before a byte of other bytes is given', async () => {
      const bucket = await aBucket({ '1 a': 'as listed' });
      const entry = await entryOf(await open(bucket), 1);
      await put(bucket, '1 a', 'as it is');
      await expect(entry.open(never)).rejects.toMatchObject({ name: 'SourceFault', code: 'checksum-mismatch', message: 'The file changed while it was read.' });
    });

    it('is noticed where the rest has to be asked for', async () => {
      await using proxy = await MeddlingProxy.before(gateway.port);
      const bucket = await aBucket({ '1 a': Buffer.alloc(3_000_000, 'a') });
      const source = await open(bucket, { endpoint: proxy.endpoint });
      proxy.meddleOnce(/GET [^?]*1%20a/, { what: 'cut', whose: 'answer', afterBytes: 1_000_000 });
      const stream = await (await entryOf(source, 1)).open(never);
      await once(stream, 'readable');
      await put(bucket, '1 a', Buffer.alloc(3_000_000, 'b'));
      await expect(buffer(stream)).rejects.toMatchObject({ code: 'checksum-mismatch' });
    });

    it('is seen after two seconds at the latest, also that a file or folder is gone', async () => {
      pass(0);
      const bucket = await aBucket({ '1 a': 'a', '2 b/c': 'c' });
      const source = await open(bucket);
      expect(await listed(source)).toHaveLength(2);
      await put(bucket, '1 a', 'longer');
      await put(bucket, '3 new', 'new');
      await remove(bucket, '2 b/c');
      await expect(source.find(3, never)).rejects.toMatchObject({ code: 'file-not-found' });
      pass(60_000);
      expect(await source.find(1, never)).toMatchObject({ size: 6 });
      await expect(source.find(2, never)).rejects.toMatchObject({ code: 'file-not-found' });
      expect(await source.find(3, never)).toMatchObject({ fileName: '3 new' });
      await remove(bucket, '1 a');
      pass(120_000);
      await expect(source.find(1, never)).rejects.toMatchObject({ code: 'file-not-found' });
    });

    it('from a file to a folder of the same name is seen', async () => {
      const bucket = await aBucket({ '1 a': 'a' });
      const source = await open(bucket);
      expect(await source.find(1, never)).toMatchObject({ folder: false });
      await remove(bucket, '1 a');
      await put(bucket, '1 a/b', 'b');
      pass(60_000);
      expect(await source.find(1, never)).toMatchObject({ folder: true, size: 1 });
    });
  });

  it('looks at the bucket once for all who ask, and at one object for who asks later', async () => {
    await using proxy = await MeddlingProxy.before(gateway.port);
    pass(0);
    const source = await open(await aBucket({ '1 a': 'a', '2 b/c': 'c' }), { endpoint: proxy.endpoint });
    proxy.seen.length = 0;
    await Promise.all(Array.from({ length: 100 }, () => source.find(1, never)));
    await Promise.all(Array.from({ length: 100 }, () => source.find(2, never)));
    await Promise.all(Array.from({ length: 100 }, () => source.find(3, never).catch(() => {})));
    expect(proxy.seen.map((line) => /prefix=([^&]*)/.exec(line)?.[1])).toEqual(['', '2%20b%2F']);
    pass(60_000);
    await source.find(1, never);
    expect(proxy.seen.at(-1)).toContain('prefix=1%20a');
    expect(proxy.seen).toHaveLength(3);
  });

  it('asks little for a thousand files at once', async () => {
    await using proxy = await MeddlingProxy.before(gateway.port);
    const source = await open(await aBucket({ '1 a': 'a', '2 b': 'b' }), { endpoint: proxy.endpoint });
    await source.find(1, never);
    pass(60_000);
    proxy.seen.length = 0;
    const found = await Promise.all(Array.from({ length: 1000 }, (_, n) => source.find(1 + (n % 2), never)));
    expect(new Set(found.map(({ fileName }) => fileName))).toEqual(new Set(['1 a', '2 b']));
    expect(proxy.seen.length).toBeLessThan(50);
  });

  describe('a break', () => {
    const bytes = Buffer.alloc(5_000_000, '0123456789abc');
    const aBrokenSource = async (proxy: MeddlingProxy, access: Partial<S3Access> = {}) => open(await aBucket({ '1 a': bytes }), { endpoint: proxy.endpoint, ...access });

    it('in the middle, or silence, is followed by the rest', async () => {
      await using proxy = await MeddlingProxy.before(gateway.port);
      const source = await aBrokenSource(proxy, { silenceMs: 3000 });
      const half = { whose: 'answer', afterBytes: 1_500_000 } as const;
      proxy.meddleOnce(/GET [^?]*1%20a/, { what: 'cut', ...half }, { what: 'silence', ...half }, { what: 'cut', ...half });
      expect(bytes.equals(await buffer(await (await entryOf(source, 1)).open(never)))).toBe(true);
      expect(proxy.seen.filter((line) => /GET [^?]*1%20a/.test(line))).toHaveLength(4);
    });

    it('that does not end is a passing fault', async () => {
      await using proxy = await MeddlingProxy.before(gateway.port);
      const source = await aBrokenSource(proxy);
      const entry = await entryOf(source, 1);
      proxy.meddleOnce(/GET/, { what: 'cut', whose: 'answer', afterBytes: 1_500_000 }, ...Array.from({ length: 3 }, () => ({ what: 'answer', status: 503 }) as const));
      await expect(buffer(await entry.open(never))).rejects.toMatchObject({ name: 'SourceFault', code: 'source-unavailable' });
      proxy.meddle(() => ({ what: 'answer', status: 503 }));
      await expect(entry.open(never)).rejects.toMatchObject({ code: 'source-unavailable' });
      pass(60_000);
      await expect(source.find(1, never)).rejects.toMatchObject({ code: 'source-unavailable' });
      await expect(listed(source)).rejects.toMatchObject({ code: 'source-unavailable' });
      proxy.meddle(() => null);
      expect(await source.find(1, never)).toMatchObject({ size: bytes.length });
    });
  });

  describe('a refusal', () => {
    it('says of an object that is gone, or may not be read, that it will stay so', async () => {
      const bucket = await aBucket({ '1 a': 'a', '2 b': 'b' });
      const stranger = await gateway.addStranger();
      const Statement = [{ Effect: 'Allow', Principal: { AWS: [`arn:aws:iam:::user/${stranger.accessKeyId}`] }, Action: ['s3:ListBucket'], Resource: [`arn:aws:s3:::${bucket}`] }];
      await owner.send(new PutBucketPolicyCommand({ Bucket: bucket, Policy: JSON.stringify({ Version: '2012-10-17', Statement }) }));
      const source = await open(bucket, { credentials: stranger });
      await expect((await entryOf(source, 1)).open(never)).rejects.toMatchObject({ code: 'source-forbidden', message: 'It may not be read: 1 a' });
      const mine = await open(bucket);
      const entry = await entryOf(mine, 2);
      await remove(bucket, '2 b');
      await expect(entry.open(never)).rejects.toMatchObject({ code: 'file-not-found' });
    });

    it('says of a bucket that is missing or closed which setting is wrong, at the start', async () => {
      const bucket = await aBucket();
      await expect(open('missing-bucket')).rejects.toThrow('SOURCE_S3_BUCKET: missing-bucket is not a bucket that can be listed (S3 answered 404 NoSuchBucket).');
      await expect(open(bucket, { credentials: await gateway.addStranger() })).rejects.toThrow('403 AccessDenied');
    });

    it('is no reason not to start where nobody answers', async () => {
      const bucket = await aBucket({ '1 a': 'a' });
      await using proxy = await MeddlingProxy.before(gateway.port);
      proxy.meddle(() => ({ what: 'answer', status: 503 }));
      const source = await open(bucket, { endpoint: proxy.endpoint });
      await expect(source.find(1, never)).rejects.toMatchObject({ code: 'source-unavailable' });
      proxy.meddle(() => null);
      expect(await read(await entryOf(source, 1))).toBe('a');
    });
  });
});

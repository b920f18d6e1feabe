import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { get } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import express, { type ErrorRequestHandler } from 'express';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { StorageFault } from '../downloads/faults.ts';
import { EmbeddedObjectStore } from './embedded-object-store.ts';
import { LinkRefused } from './link-errors.ts';
import { objectRoutes } from './object-routes.ts';
import { objectStoreContract, type ServedStore } from './object-store.contract.ts';

const folder = mkdtempSync(join(tmpdir(), 'object-store-'));
// A parent that begins with a dot, as a data folder in a home often does.
const newDataDir = () => mkdtempSync(join(folder, '.data-'));
afterAll(() => rmSync(folder, { recursive: true }));

const statusOf: Record<string, number> = { LinkRefused: 403, ObjectGone: 404 };
const answerErrors: ErrorRequestHandler = (error: { reason?: string; name: string }, _req, res, _next) => {
  res.status(statusOf[error.name] ?? 500).json({ error: error.name, reason: error.reason });
};

async function serve(dataDir: string): Promise<ServedStore & { store: EmbeddedObjectStore }> {
  const store = await EmbeddedObjectStore.open(dataDir);
  const server = express().use(objectRoutes(store), answerErrors).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    store,
    origin: `http://127.0.0.1:${port}`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await store.close();
    },
  };
}

objectStoreContract('EmbeddedObjectStore', () => serve(newDataDir()));

describe('EmbeddedObjectStore', () => {
  const dataDir = newDataDir();
  const never = new AbortController().signal;
  let served: Awaited<ReturnType<typeof serve>>;

  beforeAll(async () => {
    served = await serve(dataDir);
  });
  afterAll(() => served.close());

  const linkTo = async (body: Iterable<Buffer>, { contentType = 'text/plain', ttlMs = 60_000, id = 'job' } = {}) => {
    const name = { id, fence: 1, fileName: 'a.txt' };
    const stored = await served.store.write(name, contentType, Readable.from(body, { objectMode: false }), never);
    return served.store.signLink({ ...name, ...stored, contentType }, { method: 'GET', ttlMs, origin: served.origin });
  };

  it('forbids the browser to make anything of the bytes but a file', async () => {
    const link = await linkTo([Buffer.from('<script>')], { contentType: 'text/html' });
    const answer = await fetch(link);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'text/html',
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, no-store',
      'referrer-policy': 'no-referrer',
      'accept-ranges': 'bytes',
    });
    expect(await answer.text()).toBe('<script>');
  });

  it.each(['text/html\r\nSet-Cookie: a=b', '', 'no type', 'text/ümlaut'])('sends a type that cannot stand in a header as bytes: %j', async (type) => {
    const answer = await fetch(await linkTo([Buffer.from('bytes')], { contentType: type }));
    expect(answer.headers.get('content-type')).toBe('application/octet-stream');
    expect(answer.headers.get('set-cookie')).toBeNull();
    await answer.text();
  });

  it('tells an expired link from an invalid one, and both from a deleted file', async () => {
    const expired = await fetch(await linkTo([Buffer.from('bytes')], { ttlMs: -1 }));
    expect([expired.status, await expired.json()]).toEqual([403, { error: 'LinkRefused', reason: 'expired' }]);
    const link = await linkTo([Buffer.from('bytes')], { id: 'gone' });
    for (const wrong of [link.replace('type=text', 'type=test'), link.replace(/&signature.*/, ''), `${link}&expires=1`, `${link}A`]) {
      const answer = await fetch(wrong);
      expect([answer.status, await answer.json()]).toEqual([403, { error: 'LinkRefused', reason: 'invalid' }]);
    }
    await served.store.delete({ id: 'gone', fence: 1 });
    const gone = await fetch(link);
    expect([gone.status, await gone.json()]).toEqual([404, { error: 'ObjectGone' }]);
    expect(gone.headers.get('content-disposition')).toBeNull();
  });

  it('begins anew for who has the beginning of another object', async () => {
    const other = await fetch(await linkTo([Buffer.from('0123456789')]), { headers: { range: 'bytes=8-', 'if-range': '"another"' } });
    expect([other.status, await other.text()]).toEqual([200, '0123456789']);
  });

  it('says how long the object is where a part lies beyond its end', async () => {
    const answer = await fetch(await linkTo([Buffer.from('0123456789')]), { headers: { range: 'bytes=10-' } });
    expect([answer.status, answer.headers.get('content-range'), await answer.text()]).toEqual([416, 'bytes */10', '']);
  });

  it('answers several parts with the whole', async () => {
    const answer = await fetch(await linkTo([Buffer.from('0123456789')]), { headers: { range: 'bytes=0-1,8-9' } });
    expect([answer.status, await answer.text()]).toEqual([200, '0123456789']);
  });

  it.skipIf(process.platform !== 'linux')('holds no file open for a client that went away in the middle', async () => {
    const openFiles = () =>
      readdirSync('/proc/self/fd').filter((fd) => {
        try {
          return readlinkSync(`/proc/self/fd/${fd}`).startsWith(dataDir);
        } catch {
          return false;
        }
      }).length;
    const link = new URL(await linkTo(Array.from({ length: 320 }, () => Buffer.alloc(65_536))));
    for (let n = 0; n < 10; n++) {
      const request = get(link);
      const [response] = await once(request, 'response');
      await once(response, 'readable');
      request.destroy();

      const hasty = connect(Number(link.port), link.hostname);
      hasty.end(`GET ${link.pathname}${link.search} HTTP/1.1\r\nHost: x\r\n\r\n`, () => hasty.destroy());
    }
    await vi.waitFor(() => expect(openFiles()).toBe(0), { timeout: 5000 });
  });

  it('lists what is unfinished, and nothing that is not its own', async () => {
    const body = new Readable({ read() {} });
    body.push(Buffer.alloc(100_000));
    const abort = new AbortController();
    const writing = served.store.write({ id: 'unfinished', fence: 3, fileName: 'a' }, 'text/plain', body, abort.signal);
    writeFileSync(join(dataDir, 'objects', 'notes.txt'), 'not ours');
    const keys = async () => {
      const found: unknown[] = [];
      for await (const key of served.store.list()) found.push(key);
      return found;
    };
    await vi.waitFor(async () => expect(await keys()).toContainEqual({ id: 'unfinished', fence: 3 }));
    expect(JSON.stringify(await keys())).not.toContain('notes');
    abort.abort(new Error('enough'));
    await expect(writing).rejects.toThrow('enough');

    writeFileSync(join(dataDir, 'objects', 'crashed.4.part'), 'half');
    expect(await keys()).toContainEqual({ id: 'crashed', fence: 4 });
    await served.store.delete({ id: 'crashed', fence: 4 });
    expect(await keys()).not.toContainEqual({ id: 'crashed', fence: 4 });
  });

  it('refuses a job id that would lead out of its folder', async () => {
    for (const id of ['../up', 'a/b', '', '.', 'a.1']) {
      await expect(served.store.delete({ id, fence: 1 })).rejects.toThrow(RangeError);
    }
  });

  it('tells of a missing object and a missing folder as a passing fault', async () => {
    const store = await EmbeddedObjectStore.open(newDataDir());
    const name = { id: 'a', fence: 1, fileName: 'a' };
    await expect(store.read(name, never)).rejects.toThrow(StorageFault);

    const lost = newDataDir();
    const broken = await EmbeddedObjectStore.open(lost);
    rmSync(join(lost, 'objects'), { recursive: true });
    const body = Readable.from([Buffer.from('bytes')]);
    await expect(broken.write(name, 'text/plain', body, never)).rejects.toMatchObject({ code: 'storage-unavailable' });
    expect(body.destroyed).toBe(true);
    await expect(broken.check()).rejects.toThrow(StorageFault);
    await expect(broken.hasRoomFor(1)).rejects.toThrow(StorageFault);
    await expect(broken.list()[Symbol.asyncIterator]().next()).rejects.toThrow(StorageFault);
  });
});

describe('the link secret', () => {
  it('is made once, whoever starts at the same time, and only its owner reads it', async () => {
    const dataDir = newDataDir();
    const stores = await Promise.all(Array.from({ length: 8 }, () => EmbeddedObjectStore.open(dataDir)));
    const file = join(dataDir, 'link-secret');
    expect(readFileSync(file)).toHaveLength(32);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readdirSync(dataDir).toSorted()).toEqual(['link-secret', 'objects']);

    const artifact = { id: 'a', fence: 1, fileName: 'a', size: 0, contentType: 'text/plain', sha256: '' };
    vi.useFakeTimers({ toFake: ['Date'] });
    const links = await Promise.all(stores.map((store) => store.signLink(artifact, { method: 'GET', ttlMs: 1000, origin: 'http://x' })));
    vi.useRealTimers();
    expect(new Set(links).size).toBe(1);
  });

  it('outlives a restart, and is another in another folder', async () => {
    const dataDir = newDataDir();
    const before = await EmbeddedObjectStore.open(dataDir);
    const artifact = { id: 'a', fence: 1, fileName: 'a', size: 0, contentType: 'text/plain', sha256: '' };
    const link = new URL(await before.signLink(artifact, { method: 'GET', ttlMs: 60_000, origin: 'http://x' }));
    const terms = {
      method: 'GET',
      id: 'a',
      fence: '1',
      fileName: 'a',
      contentType: 'text/plain',
      expires: link.searchParams.get('expires')!,
    };
    const signature = link.searchParams.get('signature')!;
    const after = await EmbeddedObjectStore.open(dataDir);
    expect(after.followLink(terms, signature)).toEqual({ root: join(dataDir, 'objects'), file: 'a.1' });
    const elsewhere = await EmbeddedObjectStore.open(newDataDir());
    expect(() => elsewhere.followLink(terms, signature)).toThrow(LinkRefused);
  });

  it('is not replaced in silence when it is damaged', async () => {
    const dataDir = newDataDir();
    writeFileSync(join(dataDir, 'link-secret'), 'half');
    await expect(EmbeddedObjectStore.open(dataDir)).rejects.toThrow('does not hold a secret');
  });
});

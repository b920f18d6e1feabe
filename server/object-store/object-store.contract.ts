import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { parse } from 'content-disposition';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Artifact, ObjectName } from '../downloads/job-record.ts';
import { objectIdOf } from '../downloads/object-id.ts';
import type { LinkWish, ObjectStore } from '../downloads/ports.ts';
import { attachmentName } from './attachment-name.ts';

/** A store that answers its links: `origin` is where it, or this service in its place, is reached. */
export interface ServedStore {
  readonly store: ObjectStore;
  readonly origin: string;
  close(): Promise<void>;
}

const contentType = 'application/x-test';
const never = new AbortController().signal;
const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
const newName = (fileName = 'report.bin'): ObjectName => ({ id: objectIdOf(randomUUID()), fence: 1, fileName });

/** Gives its first bytes and then nothing more. */
const stalling = () => {
  const body = new Readable({ read() {} });
  body.push(randomBytes(200_000));
  return body;
};

/** Every way to change one part of a link, or to leave one out. */
function tamperings(link: string): { what: string; href: string }[] {
  const names = [...new URL(link).searchParams.keys()];
  return names.flatMap((name) => {
    const changed = new URL(link);
    const value = changed.searchParams.get(name)!;
    const last = value.at(-1);
    changed.searchParams.set(name, value.slice(0, -1) + (last === '7' ? '8' : '7'));
    const without = new URL(link);
    without.searchParams.delete(name);
    return [
      { what: `${name} changed`, href: changed.href },
      { what: `${name} left out`, href: without.href },
    ];
  });
}

/** What every object store promises, with its links followed over HTTP. */
export function objectStoreContract(storeName: string, open: () => Promise<ServedStore>): void {
  describe(`${storeName} as an object store`, () => {
    let served: ServedStore;
    let store: ObjectStore;

    beforeAll(async () => {
      served = await open();
      ({ store } = served);
    });
    afterAll(() => served.close());

    const keep = async (bytes: Buffer, name = newName()): Promise<Artifact> => {
      const stored = await store.write(name, contentType, Readable.from([bytes], { objectMode: false }), never);
      return { ...name, ...stored, contentType };
    };
    const linkTo = (artifact: Artifact, more: Partial<LinkWish> = {}) =>
      store.signLink(artifact, { method: 'GET', ttlMs: 60_000, origin: served.origin, ...more });
    const listed = async () => {
      const keys: string[] = [];
      for await (const { id, fence } of store.list()) keys.push(`${id} ${fence}`);
      return keys;
    };

    describe('writing', () => {
      it('answers size and hash of what was written, and gives the same bytes back', async () => {
        const bytes = randomBytes(3_000_000);
        const artifact = await keep(bytes);
        expect(artifact).toMatchObject({ size: bytes.length, sha256: sha256(bytes) });
        const answer = await fetch(await linkTo(artifact));
        expect(answer.status).toBe(200);
        expect(bytes.equals(Buffer.from(await answer.arrayBuffer()))).toBe(true);
        expect(store.read ? sha256(await buffer(await store.read(artifact, never))) : artifact.sha256).toBe(artifact.sha256);
      });

      it('keeps an object without bytes', async () => {
        const artifact = await keep(Buffer.alloc(0));
        expect(artifact).toMatchObject({ size: 0, sha256: sha256(Buffer.alloc(0)) });
        const answer = await fetch(await linkTo(artifact));
        expect(answer.status).toBe(200);
        expect((await answer.arrayBuffer()).byteLength).toBe(0);
      });

      it('keeps what two claims of one job write apart', async () => {
        const first = newName();
        const [a, b] = await Promise.all([
          keep(Buffer.from('first'), first),
          keep(Buffer.from('second'), { ...first, fence: 2 }),
        ]);
        await store.delete(a);
        expect(await (await fetch(await linkTo(b))).text()).toBe('second');
      });

      it('leaves nothing of a body that fails, and tells its error', async () => {
        const name = newName();
        const body = stalling();
        const mistake = new Error('the source is gone');
        const writing = store.write(name, contentType, body, never);
        setTimeout(() => body.destroy(mistake), 50);
        await expect(writing).rejects.toBe(mistake);
        expect(await listed()).not.toContain(`${name.id} 1`);
      });

      it('takes a body that was cut off for no whole one', async () => {
        const name = newName();
        const body = stalling();
        const writing = store.write(name, contentType, body, never);
        setTimeout(() => body.destroy(), 50);
        await expect(writing).rejects.toBeInstanceOf(Error);
        expect(await listed()).not.toContain(`${name.id} 1`);
      });

      it('leaves nothing when it is aborted in the middle, tells the reason, and lets go of the body', async () => {
        const name = newName();
        const body = stalling();
        const abort = new AbortController();
        const reason = new Error('cancelled on purpose');
        const writing = store.write(name, contentType, body, abort.signal);
        setTimeout(() => abort.abort(reason), 50);
        await expect(writing).rejects.toBe(reason);
        expect(body.destroyed).toBe(true);
        expect(await listed()).not.toContain(`${name.id} 1`);
      });

      it('does not begin when it is aborted already', async () => {
        const name = newName();
        const body = stalling();
        const reason = new Error('cancelled on purpose');
        await expect(store.write(name, contentType, body, AbortSignal.abort(reason))).rejects.toBe(reason);
        expect(body.destroyed).toBe(true);
        expect(await listed()).not.toContain(`${name.id} 1`);
      });

      it('needs no more memory for a large object, written and read', { timeout: 60_000 }, async () => {
        const chunks = 4096;
        const before = process.memoryUsage().arrayBuffers;
        let most = 0;
        const look = () => {
          most = Math.max(most, process.memoryUsage().arrayBuffers - before);
        };
        async function* large() {
          for (let n = 0; n < chunks; n++) {
            if (n % 16 === 0) look();
            yield Buffer.alloc(65_536, n);
          }
        }
        const name = newName();
        const stored = await store.write(name, contentType, Readable.from(large(), { objectMode: false }), never);
        expect(stored.size).toBe(chunks * 65_536);

        let read = 0;
        const answer = await fetch(await linkTo({ ...name, ...stored, contentType }));
        for await (const chunk of answer.body!) {
          read += chunk.length;
          look();
        }
        expect(read).toBe(stored.size);
        expect(most).toBeLessThan(stored.size / 2);
        await store.delete(name);
      });
    });

    describe('deleting and listing', () => {
      it('lists what is kept, and no longer what is deleted', async () => {
        const artifact = await keep(Buffer.from('bytes'), { ...newName(), fence: 12 });
        const key = `${artifact.id} 12`;
        expect(await listed()).toContain(key);
        await store.delete({ id: artifact.id, fence: 12 });
        expect(await listed()).not.toContain(key);
        expect((await fetch(await linkTo(artifact))).status).toBe(404);
      });

      it('deletes what is not there without complaint', async () => {
        await expect(store.delete(newName())).resolves.toBeUndefined();
      });
    });

    describe('a link', () => {
      it('gives the bytes as an attachment of its type', async () => {
        const answer = await fetch(await linkTo(await keep(Buffer.from('bytes'))));
        expect(answer.headers.get('content-type')).toBe(contentType);
        expect(answer.headers.get('content-length')).toBe('5');
        expect(answer.headers.get('content-disposition')).toMatch(/^attachment; filename="?report\.bin"?$/);
        expect(answer.headers.get('etag')).toMatch(/^"[^"]+"$/);
        await answer.text();
      });

      it.each([
        'résumé.pdf',
        '日本語 🚀.zip',
        'with "quotes" and \\ and %41.txt',
        'new\r\nSet-Cookie: a=b.txt',
        'evil\u202Etxt.exe',
        '../../etc/passwd',
        '..',
        '',
        'a&b=c?d#e;f+g.txt',
        '\ud800lone.txt',
        `${'ü'.repeat(300)}.tar`,
      ])('names the file safely: %j', async (fileName) => {
        const answer = await fetch(await linkTo(await keep(Buffer.from('bytes'), newName(fileName))));
        expect(answer.status).toBe(200);
        const header = answer.headers.get('content-disposition')!;
        expect(header).toMatch(/^attachment; filename=[\x20-\x7E]+$/);
        const { filename } = parse(header).parameters;
        expect(filename).toBe(attachmentName(fileName));
        expect(filename).not.toMatch(/[\p{Cc}\u202E/\\]/u);
        expect(Buffer.byteLength(filename!)).toBeLessThanOrEqual(255);
        await answer.text();
      });

      it('is good for nothing once its time is over', { timeout: 10_000 }, async () => {
        // Some stores count whole seconds: of two, at least one is left.
        const link = await linkTo(await keep(Buffer.from('bytes')), { ttlMs: 2000 });
        expect((await fetch(link)).status).toBe(200);
        await sleep(3100);
        expect((await fetch(link)).status).toBe(403);
      });

      it('is good for nothing when any part of it is changed or left out', async () => {
        const artifact = await keep(Buffer.from('secret bytes'));
        const another = await keep(Buffer.from('others bytes'));
        const link = await linkTo(artifact);
        const bare = new URL(link);
        bare.search = '';
        const all = [
          ...tamperings(link),
          { what: 'unsigned', href: bare.href },
          { what: 'another object', href: link.replace(artifact.id, another.id) },
          { what: 'another name', href: link.replace('report.bin', 'report.exe') },
        ];
        for (const { what, href } of all) {
          const answer = await fetch(href);
          expect([400, 403], what).toContain(answer.status);
          expect(await answer.text(), what).not.toContain('bytes');
        }
      });

      it('is for its method only', async () => {
        const artifact = await keep(Buffer.from('bytes'));
        const link = await linkTo(artifact);
        const headLink = await linkTo(artifact, { method: 'HEAD' });
        const head = await fetch(headLink, { method: 'HEAD' });
        expect(head.status).toBe(200);
        expect(head.headers.get('content-length')).toBe('5');
        expect((await fetch(link, { method: 'HEAD' })).status).toBe(403);
        expect((await fetch(headLink)).status).toBe(403);
        for (const method of ['PUT', 'DELETE', 'POST']) expect((await fetch(link, { method })).ok).toBe(false);
        expect((await fetch(link)).status).toBe(200);
      });

      it.each([
        ['bytes=2-4', 'bytes 2-4/10', '234'],
        ['bytes=7-', 'bytes 7-9/10', '789'],
        ['bytes=-2', 'bytes 8-9/10', '89'],
        ['bytes=5-99', 'bytes 5-9/10', '56789'],
      ])('gives the part asked for: %s', async (range, contentRange, text) => {
        const link = await linkTo(await keep(Buffer.from('0123456789')));
        const answer = await fetch(link, { headers: { range } });
        expect(answer.status).toBe(206);
        expect(answer.headers.get('content-range')).toBe(contentRange);
        expect(await answer.text()).toBe(text);
      });

      it('refuses a part beyond the end', async () => {
        const answer = await fetch(await linkTo(await keep(Buffer.from('0123456789'))), { headers: { range: 'bytes=10-' } });
        expect(answer.status).toBe(416);
        expect(await answer.text()).not.toContain('0123');
      });

      it('goes on with the same object', async () => {
        const link = await linkTo(await keep(Buffer.from('0123456789')));
        const etag = (await fetch(link)).headers.get('etag')!;
        const same = await fetch(link, { headers: { range: 'bytes=8-', 'if-range': etag } });
        expect([same.status, await same.text()]).toEqual([206, '89']);
      });

      it('says when the asker has it already', async () => {
        const link = await linkTo(await keep(Buffer.from('bytes')));
        const etag = (await fetch(link)).headers.get('etag')!;
        expect((await fetch(link, { headers: { 'if-none-match': etag } })).status).toBe(304);
        expect((await fetch(link, { headers: { 'if-none-match': '"another"' } })).status).toBe(200);
      });
    });

    it('has room for nothing as large as no disk', async () => {
      expect(await (store.hasRoomFor?.(Number.MAX_SAFE_INTEGER) ?? false)).toBe(false);
      expect(await (store.hasRoomFor?.(0) ?? true)).toBe(true);
    });

    it('checks without a trace', async () => {
      const before = await listed();
      await store.check();
      expect(await listed()).toEqual(before);
    });
  });
}

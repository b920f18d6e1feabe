import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { BadCursor } from '../downloads/errors.ts';
import type { CatalogueQuestion, FileSource, SourceEntry } from '../downloads/ports.ts';
import { allOf } from '../testing/all-of.ts';

export interface SourceUnderTest {
  readonly source: FileSource;
  /** A plain file of at least 100 kB, which takes a moment to read. */
  readonly plainId: number;
  /** Positive, and no file. */
  readonly missingId: number;
  readonly dispose?: () => Promise<void>;
}

const never = new AbortController().signal;

/** What every source of files promises; a source without `list` leaves the catalogue's part out. */
export function fileSourceContract(name: string, open: () => Promise<SourceUnderTest>, { catalogue }: { catalogue: boolean }): void {
  describe(`${name} as a file source`, () => {
    let test: SourceUnderTest;
    beforeEach(async () => {
      test = await open();
    });
    afterEach(async () => {
      await test.source.close();
      await test.dispose?.();
    });

    const entriesOf = async (fileId: number) =>
      allOf((await test.source.find(fileId, never)).entries(never));
    const plainEntry = async (): Promise<SourceEntry> => (await entriesOf(test.plainId))[0]!;

    it('tells what a number stands for, and gives a plain file as one entry', async () => {
      const file = await test.source.find(test.plainId, never);
      expect(file).toMatchObject({ fileId: test.plainId, folder: false, fileName: expect.stringMatching(/./) as string });
      expect(file.contentType).toMatch(/^\w+\/[\w.+-]+/);
      expect(file.size).toBeGreaterThanOrEqual(100_000);
      expect(await entriesOf(test.plainId)).toEqual([expect.objectContaining({ path: file.fileName, size: file.size })]);
    });

    it('says of a number without a file that there is none', async () => {
      for (const fileId of [test.missingId, Number.MAX_SAFE_INTEGER, 0, -1, 1.5]) {
        await expect(test.source.find(fileId, never)).rejects.toMatchObject({ name: 'SourceFault', code: 'file-not-found' });
      }
    });

    it('gives as many bytes as it told, and the same ones each time', async () => {
      const entry = await plainEntry();
      const bytes = await buffer(await entry.open(never));
      expect(bytes).toHaveLength(entry.size!);
      expect(bytes.equals(await buffer(await (await plainEntry()).open(never)))).toBe(true);
    });

    it('serves two readers of the same file at once', async () => {
      const entry = await plainEntry();
      const both = await Promise.all([entry.open(never), entry.open(never)]);
      const [first, second] = await Promise.all(both.map((stream) => buffer(stream)));
      expect(first!.equals(second!)).toBe(true);
    });

    it('does nothing for a caller that is already gone', async () => {
      const gone = AbortSignal.abort(new Error('gone'));
      await expect(test.source.find(test.plainId, gone)).rejects.toThrow('gone');
      await expect((await plainEntry()).open(gone)).rejects.toThrow('gone');
    });

    it('ends a stream with the reason of the abort, at once and for good', async () => {
      const stop = new AbortController();
      const stream = await (await plainEntry()).open(stop.signal);
      await once(stream, 'readable');
      stream.on('error', () => {});
      const reason = new Error('cancelled');
      stop.abort(reason);
      await vi.waitFor(() => expect(stream.closed).toBe(true), { timeout: 500 });
      expect(stream.errored).toBe(reason);
    });

    it('lets go of a stream that is destroyed without having been read', async () => {
      const stream: Readable = await (await plainEntry()).open(never);
      stream.destroy();
      await vi.waitFor(() => expect(stream.closed).toBe(true));
    });

    it('can be closed twice', async () => {
      await test.source.close();
      await expect(test.source.close()).resolves.toBeUndefined();
    });

    // Left out, not skipped: a source need not have one.
    if (!catalogue) return;
    describe('with a catalogue', () => {
      const list = (question: Partial<CatalogueQuestion> = {}) =>
        test.source.list!({ query: '', limit: 100, cursor: null, ...question }, never);
      const all = async (query: string, limit: number) => {
        const pages = [await list({ query, limit })];
        for (let { next } = pages[0]!; next !== null; { next } = pages.at(-1)!) pages.push(await list({ query, limit, cursor: next }));
        return { pages, files: pages.flatMap(({ files }) => files) };
      };

      it('lists everything once, whatever the size of the pages', async () => {
        const whole = await all('', 100);
        expect(whole.files.length).toBeGreaterThan(3);
        expect(new Set(whole.files.map(({ fileId }) => fileId)).size).toBe(whole.files.length);
        for (const limit of [1, 3, whole.files.length]) {
          const { pages, files } = await all('', limit);
          expect(files).toEqual(whole.files);
          expect(pages.every((page) => page.files.length <= limit && page.total === whole.files.length)).toBe(true);
          expect(pages.every((page) => page.files.length > 0)).toBe(true);
        }
      });

      it('lists what `find` tells', async () => {
        for (const row of (await list({ limit: 5 })).files) {
          const { fileName, size, contentType } = await test.source.find(row.fileId, never);
          expect(row).toMatchObject({ fileName, size, contentType });
          expect(await entriesOf(row.fileId)).toHaveLength(row.entries);
        }
      });

      it('finds by a part of the name in any case', async () => {
        const { fileName, fileId } = await test.source.find(test.plainId, never);
        for (const query of [fileName, fileName.toUpperCase(), ` ${fileName.slice(2)} `]) {
          expect((await all(query, 100)).files.map((file) => file.fileId)).toContain(fileId);
        }
        expect((await list({ query: 'no such name anywhere' }))).toEqual({ files: [], total: 0, next: null });
      });

      it('puts the file whose number is asked for first, on the first page only', async () => {
        for (const limit of [1, 100]) {
          const { files } = await all(String(test.plainId), limit);
          expect(files[0]!.fileId).toBe(test.plainId);
          expect(files.filter(({ fileId }) => fileId === test.plainId)).toHaveLength(1);
        }
      });

      it('refuses a cursor that is not its own', async () => {
        const forged = ['[1]', '["a"]', '["a",1,2]', '{}', '7', 'null'].map((text) => Buffer.from(text).toString('base64url'));
        for (const cursor of ['', 'nonsense', '%%%', ...forged]) {
          await expect(list({ cursor })).rejects.toBeInstanceOf(BadCursor);
        }
      });

      it('does not list for a caller that is already gone', async () => {
        const question = { query: '', limit: 5, cursor: null };
        await expect(test.source.list!(question, AbortSignal.abort(new Error('gone')))).rejects.toThrow('gone');
      });
    });
  });
}

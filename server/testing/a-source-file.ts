import { Readable } from 'node:stream';
import type { SourceEntry, SourceFile } from '../downloads/ports.ts';

/** One entry for a test, made of a path and bytes. */
export function anEntry(path: string, bytes: string | Buffer = path, more: Partial<SourceEntry> = {}): SourceEntry {
  const content = Buffer.from(bytes);
  const open = () => Promise.resolve(Readable.from([content], { objectMode: false }));
  return { path, size: content.length, modifiedAt: new Date('2026-03-04T05:06:08Z'), open, ...more };
}

/** A plain file for a test. */
export function aFile(fileName: string, entry: SourceEntry = anEntry(fileName), fileId = 70_000): SourceFile {
  return { ...aFolder(fileName, [entry], fileId), size: entry.size, contentType: 'text/plain', folder: false };
}

/** A folder for a test. */
export function aFolder(fileName: string, entries: Iterable<SourceEntry>, fileId = 70_000): SourceFile {
  async function* all(): AsyncGenerator<SourceEntry, void> {
    yield* entries;
  }
  return { fileId, fileName, size: null, contentType: 'application/zip', folder: true, version: 'v1', entries: all };
}

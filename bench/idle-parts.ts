import { Readable } from 'node:stream';
import type { FileSource, ObjectStore, SourceFile } from '../server/downloads/ports.ts';

export function emptyFile(fileId: number): SourceFile {
  const open = () => Promise.resolve(Readable.from([]));
  async function* entries() {
    yield { path: 'a.bin', size: 0, modifiedAt: null, open };
  }
  return { fileId, fileName: 'a.bin', size: 0, contentType: 'application/octet-stream', folder: false, version: 'v1', entries };
}

/** A source whose files are all empty. */
export const nothing: FileSource = { name: 'nothing', find: (fileId) => Promise.resolve(emptyFile(fileId)), close: () => Promise.resolve() };

/** A store that keeps nothing, and vouches for it. */
export const nowhere: ObjectStore = {
  write: (_name, _contentType, body) => {
    body.destroy();
    return Promise.resolve({ size: 0, sha256: '0'.repeat(64) });
  },
  delete: () => Promise.resolve(),
  async *list() {},
  signLink: () => Promise.resolve(''),
  check: () => Promise.resolve(),
  close: () => Promise.resolve(),
};

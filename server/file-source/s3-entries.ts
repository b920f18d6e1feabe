import { createHash } from 'node:crypto';
import type { S3Client } from '@aws-sdk/client-s3';
import type { SourceEntry } from '../downloads/ports.ts';
import { askForObject } from '../s3/get-object.ts';
import { ObjectBytes } from '../s3/object-bytes.ts';
import type { FolderSum } from './folder-sums.ts';
import { s3Fault, s3Unavailable } from './s3-fault.ts';
import { listBelow, type S3Folder, type S3Object } from './s3-listing.ts';
import { isVisibleName } from './visible-name.ts';

/** How objects are read: for how long they may be silent differs from listing them. */
export interface S3Reader {
  readonly client: S3Client;
  readonly bucket: string;
  readonly idleMs: number | undefined;
}

/** Another one whenever the object is written anew. */
export function versionOfObject({ etag, size }: S3Object): string {
  return `${etag.replaceAll('"', '')}-${size}`;
}

/** One object as an entry, as it was listed and not as it may be by now. `path` is what it is called inside of what was asked for. */
export function objectEntry({ client, bucket, idleMs }: S3Reader, { key, size, etag, modifiedAt }: S3Object, path: string): SourceEntry {
  const openAt = () => askForObject(client, { bucket, key, etag });
  const asFault = (error: unknown) => s3Fault(error, path);
  const wish = { size, asFault, ...(idleMs !== undefined && { idleMs }) };
  return { path, size, modifiedAt, open: async (signal) => ObjectBytes.open(openAt(), wish, signal) };
}

/** Every object below a prefix. */
export async function* prefixEntries(folder: S3Folder, reader: S3Reader, signal: AbortSignal): AsyncGenerator<SourceEntry, void> {
  for await (const { path, object } of visibleBelow(folder, signal)) yield objectEntry(reader, object, path);
}

/** Adds up the objects below a prefix; answers their version. */
export async function countPrefix(folder: S3Folder, sum: FolderSum, signal: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  for await (const { path, object } of visibleBelow(folder, signal)) {
    sum.size += object.size;
    sum.entries += 1;
    hash.update(JSON.stringify([path, versionOfObject(object)]));
  }
  return hash.digest('base64url');
}

/** Left out are the marks of empty folders, whose keys end with a slash, and what a directory leaves out. */
async function* visibleBelow(folder: S3Folder, signal: AbortSignal): AsyncGenerator<{ path: string; object: S3Object }, void> {
  try {
    for await (const object of listBelow(folder, signal)) {
      const path = object.key.slice(folder.prefix.length);
      if (path.split('/').every(isVisibleName)) yield { path, object };
    }
  } catch (error) {
    signal.throwIfAborted();
    throw s3Unavailable(error);
  }
}

import { createHash, type Hash } from 'node:crypto';
import { Readable } from 'node:stream';
import { Upload } from '@aws-sdk/lib-storage';
import type { StoredObject } from '../downloads/ports.ts';
import { deleteObject, giveUp, listUploads, type Bucket } from './bucket-contents.ts';
import { storageTrouble } from './reach-storage.ts';
import { UploadTalk } from './upload-talk.ts';

const mebibyte = 2 ** 20;
/** S3 takes no more of them. */
const mostParts = 10_000;
/** S3 takes no smaller ones. Larger ones are hardly quicker, and several are in memory at a time. */
const leastPartBytes = 5 * mebibyte;
/** One is on its way while the next is filled. */
const partsAtATime = 2;

/** What is to be written, and where. */
export interface UploadWish {
  readonly bucket: Bucket;
  /** For what may take its time, and may be said again. */
  readonly sending: Bucket['client'];
  readonly path: string;
  readonly contentType: string;
  /** No body is larger. */
  readonly maxBytes: number;
}

/** All parts of an upload are equally large: so that the largest body fits into as many as there may be. */
export function partBytesFor(maxBytes: number): number {
  return Math.max(leastPartBytes, Math.ceil(maxBytes / mostParts / mebibyte) * mebibyte);
}

/**
 * Sends the body part by part. Rejects with the reason of the abort, the body's error or a `StorageFault`, whichever
 * came first, and has let go of the body and taken back what it sent by then.
 */
export async function uploadObject(wish: UploadWish, body: Readable, signal: AbortSignal): Promise<StoredObject> {
  using talk = new UploadTalk(wish.bucket.client, wish.sending);
  talk.signal.addEventListener('abort', () => void body.destroy(asError(talk.signal.reason)));
  body.on('error', (error) => talk.end(error));
  const onAbort = () => talk.end(signal.reason);
  signal.addEventListener('abort', onAbort);
  if (signal.aborted) onAbort();
  try {
    talk.signal.throwIfAborted();
    const stored = await send(wish, body, talk);
    talk.signal.throwIfAborted();
    return stored;
  } catch (error) {
    talk.end(storageTrouble(error));
    if (talk.hasBegun) await takeBack(wish, talk.uploadId).catch(() => {}); // the sweep finds it
    throw talk.signal.reason;
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}

async function send({ bucket, path, contentType, maxBytes }: UploadWish, body: Readable, talk: UploadTalk): Promise<StoredObject> {
  const seen = { hash: createHash('sha256'), size: 0 };
  const upload = new Upload({
    client: talk.client,
    params: { Bucket: bucket.name, Key: path, ContentType: contentType, Body: Readable.from(digested(body, seen, talk)) },
    partSize: partBytesFor(maxBytes),
    queueSize: partsAtATime,
    leavePartsOnError: true,
  });
  await upload.done();
  return { size: seen.size, sha256: seen.hash.digest('hex') };
}

async function* digested(body: Readable, seen: { hash: Hash; size: number }, talk: UploadTalk): AsyncGenerator<Buffer, void> {
  try {
    for await (const piece of body as AsyncIterable<Buffer>) {
      seen.hash.update(piece);
      seen.size += piece.length;
      yield piece;
    }
  } catch (error) {
    talk.end(error);
    throw error;
  }
}

async function takeBack({ bucket, path }: UploadWish, uploadId: string | null): Promise<void> {
  if (uploadId !== null) await giveUp(bucket, { path, uploadId });
  // An upload whose beginning was never answered, and an object whose completion was not.
  for await (const upload of listUploads(bucket, path)) await giveUp(bucket, upload);
  await deleteObject(bucket, path);
}

function asError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error('It was called off.', { cause: reason });
}

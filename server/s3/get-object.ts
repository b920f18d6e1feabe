import type { Readable } from 'node:stream';
import { GetObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import type { OpenAt } from './object-bytes.ts';
import { ObjectChanged } from './s3-error.ts';

/** An object as it was listed, or as it was written. */
export interface WantedObject {
  readonly bucket: string;
  readonly key: string;
  /** Quoted, as S3 gives it; null to take the object as it is at the first answer. */
  readonly etag: string | null;
}

/** How `ObjectBytes` asks for an object: for this one alone, however often it has to ask. */
export function askForObject(client: S3Client, { bucket, key, etag }: WantedObject): OpenAt {
  let wanted = etag;
  return async (position, signal) => {
    const answer = await client.send(
      new GetObjectCommand({
        Bucket: bucket,
        Key: key,
        ...(wanted !== null && { IfMatch: wanted }),
        ...(position > 0 && { Range: `bytes=${position}-` }),
      }),
      { abortSignal: signal },
    );
    const body = answer.Body as Readable;
    // A server may not know `If-Match`, or give the whole where a part was asked for.
    const isWanted = wanted === null || answer.ETag === wanted;
    const isPart = position === 0 || answer.ContentRange?.startsWith(`bytes ${position}-`);
    if (!isWanted || !isPart) {
      body.on('error', () => {}).destroy();
      throw new ObjectChanged();
    }
    wanted = answer.ETag ?? null;
    return body;
  };
}

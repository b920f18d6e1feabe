import { ListObjectsV2Command, type _Object, type ListObjectsV2CommandInput, type ListObjectsV2CommandOutput, type S3Client } from '@aws-sdk/client-s3';
import { decoded } from '../s3/decoded.ts';

/** Where the files of a source lie. The prefix is empty or ends with a slash. */
export interface S3Folder {
  readonly client: S3Client;
  readonly bucket: string;
  readonly prefix: string;
}

/** An object as a listing tells of it. */
export interface S3Object {
  readonly key: string;
  readonly size: number;
  /** Another one whenever the bytes are others. */
  readonly etag: string;
  readonly modifiedAt: Date | null;
}

/** Up to a thousand at a time: objects, and what further objects begin with, up to and with their next slash. */
export interface S3Page {
  readonly objects: S3Object[];
  readonly prefixes: string[];
}

/** What lies directly below the prefix. */
export function listTop(folder: S3Folder): AsyncGenerator<S3Page, void> {
  return listPages(folder, { Delimiter: '/' });
}

/** All below the prefix, in the order of their keys. */
export async function* listBelow(folder: S3Folder, signal: AbortSignal): AsyncGenerator<S3Object, void> {
  for await (const { objects } of listPages(folder, {}, signal)) yield* objects;
}

/** One object as it is now, or null. A listing asks for no more rights than the others need. */
export async function lookAtObject({ client, bucket }: S3Folder, key: string): Promise<S3Object | null> {
  const command = new ListObjectsV2Command({ Bucket: bucket, Prefix: key, MaxKeys: 1, EncodingType: 'url' });
  const page = pageOf(await client.send(command));
  return page.objects.find((object) => object.key === key) ?? null;
}

/** Whether anything lies below the prefix, or marks it. */
export async function isThere({ client, bucket, prefix }: S3Folder): Promise<boolean> {
  const { KeyCount } = await client.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix, MaxKeys: 1 }));
  return KeyCount !== 0;
}

async function* listPages({ client, bucket, prefix }: S3Folder, how: Partial<ListObjectsV2CommandInput>, signal?: AbortSignal): AsyncGenerator<S3Page, void> {
  let from: string | undefined;
  do {
    const command = new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix, EncodingType: 'url', ContinuationToken: from, ...how });
    const answer: ListObjectsV2CommandOutput = await client.send(command, signal && { abortSignal: signal });
    yield pageOf(answer);
    from = answer.NextContinuationToken;
  } while (from !== undefined);
}

function pageOf(answer: ListObjectsV2CommandOutput): S3Page {
  return {
    objects: (answer.Contents ?? []).flatMap((found) => objectOf(found, answer)),
    prefixes: (answer.CommonPrefixes ?? []).flatMap(({ Prefix }) => (Prefix === undefined ? [] : [decoded(Prefix, answer)])),
  };
}

function objectOf({ Key, Size, ETag, LastModified }: _Object, answer: ListObjectsV2CommandOutput): S3Object[] {
  if (Key === undefined || Size === undefined || ETag === undefined) return [];
  return [{ key: decoded(Key, answer), size: Size, etag: ETag, modifiedAt: LastModified ?? null }];
}

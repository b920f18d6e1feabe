import {
  AbortMultipartUploadCommand,
  DeleteObjectCommand,
  ListMultipartUploadsCommand,
  ListObjectsV2Command,
  type ListMultipartUploadsCommandInput,
  type ListMultipartUploadsCommandOutput,
  type ListObjectsV2CommandOutput,
  type S3Client,
} from '@aws-sdk/client-s3';
import { decoded } from '../s3/decoded.ts';
import { statusOf } from '../s3/s3-error.ts';
import { reachStorage } from './reach-storage.ts';

export interface Bucket {
  readonly client: S3Client;
  readonly name: string;
}

/** An upload that was begun and neither finished nor given up. */
export interface UnfinishedUpload {
  readonly path: string;
  readonly uploadId: string;
}

/** The paths of all objects whose paths begin so, a thousand at a time. */
export async function* listObjects({ client, name }: Bucket, prefix: string): AsyncGenerator<string, void> {
  let from: string | undefined;
  do {
    const command = new ListObjectsV2Command({ Bucket: name, Prefix: prefix, ContinuationToken: from, EncodingType: 'url' });
    const page: ListObjectsV2CommandOutput = await reachStorage(client.send(command));
    for (const { Key } of page.Contents ?? []) if (Key !== undefined) yield decoded(Key, page);
    from = page.NextContinuationToken;
  } while (from !== undefined);
}

/** All unfinished uploads whose paths begin so. */
export async function* listUploads({ client, name }: Bucket, prefix: string): AsyncGenerator<UnfinishedUpload, void> {
  let after: Pick<ListMultipartUploadsCommandInput, 'KeyMarker' | 'UploadIdMarker'> | null = {};
  do {
    const command = new ListMultipartUploadsCommand({ Bucket: name, Prefix: prefix, EncodingType: 'url', ...after });
    const page: ListMultipartUploadsCommandOutput = await reachStorage(client.send(command));
    for (const { Key, UploadId } of page.Uploads ?? []) {
      if (Key !== undefined && UploadId !== undefined) yield { path: decoded(Key, page), uploadId: UploadId };
    }
    const { IsTruncated, NextKeyMarker, NextUploadIdMarker } = page;
    after = IsTruncated && NextKeyMarker ? { KeyMarker: decoded(NextKeyMarker, page), UploadIdMarker: NextUploadIdMarker } : null;
  } while (after);
}

export async function deleteObject({ client, name }: Bucket, path: string): Promise<void> {
  await reachStorage(client.send(new DeleteObjectCommand({ Bucket: name, Key: path })));
}

/** Gives an upload up. One that is gone already is fine. */
export async function giveUp({ client, name }: Bucket, { path, uploadId }: UnfinishedUpload): Promise<void> {
  const giving = client.send(new AbortMultipartUploadCommand({ Bucket: name, Key: path, UploadId: uploadId }));
  await reachStorage(giving.catch((error: unknown) => {
    if (statusOf(error) !== 404) throw error;
  }));
}


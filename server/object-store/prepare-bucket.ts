import { CreateBucketCommand, HeadBucketCommand } from '@aws-sdk/client-s3';
import type { Log } from '../downloads/ports.ts';
import { inWords, statusOf } from '../s3/s3-error.ts';
import type { Bucket } from './bucket-contents.ts';
import { keepLifecycle } from './bucket-lifecycle.ts';
import { storageTrouble } from './reach-storage.ts';

/** Makes the bucket where it is missing, and has it clean up after us; rejects where neither it nor a new one can be had. */
export async function prepareBucket(bucket: Bucket, artifactTtlMs: number, log: Log): Promise<void> {
  if (!(await isThere(bucket))) {
    await make(bucket);
    log.info({ bucket: bucket.name }, 'bucket made');
  }
  try {
    await keepLifecycle(bucket, artifactTtlMs);
  } catch (error) {
    // Not every server knows such rules, and not everybody may set them. The sweep does the same, while it runs.
    log.warn({ bucket: bucket.name, err: inWords(error) }, 'the bucket has no rules for unfinished uploads and forgotten artifacts');
  }
}

async function isThere({ client, name }: Bucket): Promise<boolean> {
  try {
    await client.send(new HeadBucketCommand({ Bucket: name }));
    return true;
  } catch (error) {
    const status = statusOf(error);
    // A bucket that may be written may still be one that we may not look at.
    if (status === 403) return true;
    if (status === 404) return false;
    throw storageTrouble(error);
  }
}

async function make({ client, name }: Bucket): Promise<void> {
  try {
    await client.send(new CreateBucketCommand({ Bucket: name }));
  } catch (error) {
    // Another process was quicker.
    if (statusOf(error) !== 409) throw storageTrouble(error);
  }
}

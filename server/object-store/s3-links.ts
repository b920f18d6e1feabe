import { GetObjectCommand, HeadObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import type { Artifact } from '../downloads/job-record.ts';
import type { LinkWish } from '../downloads/ports.ts';
import { attachmentHeader } from './attachment-name.ts';
import { objectPath } from './object-path.ts';
import { safeContentType } from './safe-content-type.ts';

/**
 * Signs a link as the service is known to browsers, for one method: a GET link is refused to a HEAD. It dies with the
 * credentials that sign it, so it never claims to live longer than they do.
 */
export async function signObjectLink(client: S3Client, bucket: string, artifact: Artifact, { method, ttlMs }: LinkWish): Promise<string> {
  const what = {
    Bucket: bucket,
    Key: objectPath(artifact),
    ResponseContentDisposition: attachmentHeader(artifact.fileName),
    ResponseContentType: safeContentType(artifact.contentType),
    ResponseCacheControl: 'private, no-store',
  };
  const command = method === 'HEAD' ? new HeadObjectCommand(what) : new GetObjectCommand(what);
  const { expiration } = await client.config.credentials();
  const leftMs = expiration ? expiration.getTime() - Date.now() : Infinity;
  return getSignedUrl(client, command, { expiresIn: Math.max(1, Math.ceil(Math.min(ttlMs, leftMs) / 1000)) });
}

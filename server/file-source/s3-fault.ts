import { SourceFault } from '../downloads/faults.ts';
import { inWords, nameOf, ObjectChanged, statusOf } from '../s3/s3-error.ts';
import { changedFile } from './changed-file.ts';

/** Refusals that speak of whoever asks, and not of the file: they pass once the operator has seen to it. */
const ofTheAsker = new Set([
  'ExpiredToken',
  'InvalidAccessKeyId',
  'InvalidToken',
  'RequestTimeTooSkewed',
  'SignatureDoesNotMatch',
]);

/** Says in the contract's words what S3 said of an object. */
export function s3Fault(error: unknown, path: string): SourceFault {
  if (error instanceof SourceFault) return error;
  const cause = inWords(error);
  const status = statusOf(error);
  // A part beyond the end is asked for only of an object that was longer before.
  if (error instanceof ObjectChanged || status === 412 || status === 416) return changedFile({ cause });
  if (status === 404 && nameOf(error) !== 'NoSuchBucket') return new SourceFault('file-not-found', `It is not there any more: ${path}`, { cause });
  if (status === 403 && !ofTheAsker.has(nameOf(error))) return new SourceFault('source-forbidden', `It may not be read: ${path}`, { cause });
  return s3Unavailable(error);
}

/** For the bucket without which there are no files at all: that it is missing or closed says nothing about a file. */
export function s3Unavailable(error: unknown): SourceFault {
  const cause = inWords(error);
  return new SourceFault('source-unavailable', 'The bucket with the files cannot be read just now.', { cause });
}

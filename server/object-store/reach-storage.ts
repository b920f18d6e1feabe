import { StorageFault } from '../downloads/faults.ts';
import { inWords } from '../s3/s3-error.ts';

/** Waits for S3; whatever it refuses, or does not answer, is a passing fault, told in words a user may read. */
export async function reachStorage<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    throw storageTrouble(error);
  }
}

/** The fault, with what happened in its cause: no header, key or address comes along. */
export function storageTrouble(error: unknown): StorageFault {
  if (error instanceof StorageFault) return error;
  return new StorageFault('storage-unavailable', 'The place where files are kept cannot be reached just now.', { cause: inWords(error) });
}

import { StorageFault } from '../downloads/faults.ts';

const noRoom = new Set<unknown>(['ENOSPC', 'EDQUOT', 'EFBIG']);

/** Waits for the disk; what it refuses is a passing fault, told in words a user may read. */
export async function reachDisk<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    const full = error instanceof Error && 'code' in error && noRoom.has(error.code);
    const message = full ? 'There is no room left to keep the file.' : 'The place where files are kept cannot be reached just now.';
    throw new StorageFault('storage-unavailable', message, { cause: error });
  }
}

import { constants } from 'node:fs';
import { open, readlink, realpath, type FileHandle } from 'node:fs/promises';
import { changedFile } from './changed-file.ts';
import { identityOf, isSame, type FileIdentity } from './file-identity.ts';

/** A pipe that was put in the place of a file must not keep the opening waiting, hence no blocking. */
const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

/**
 * Opens the file that was listed under this path, and no other: what was opened is looked at afterwards, so that a file
 * or a folder above it that was swapped for a link in between gives nothing away. The path must be a real one.
 */
export async function openRegularFile(path: string, listed: FileIdentity): Promise<FileHandle> {
  const handle = await open(path, flags);
  try {
    const identity = identityOf(await handle.stat({ bigint: true }));
    if ((await pathOf(handle, path)) !== path || !isSame(listed, identity)) throw changedFile();
    return handle;
  } catch (error) {
    await handle.close();
    throw error;
  }
}

/** Linux knows by which path a file was really opened; elsewhere the path is followed once more. */
async function pathOf(handle: FileHandle, path: string): Promise<string> {
  if (process.platform !== 'linux') return realpath(path);
  return readlink(`/proc/self/fd/${handle.fd}`).catch(() => realpath(path));
}

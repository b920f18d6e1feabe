import { join } from 'node:path';
import type { Readable } from 'node:stream';
import type { SourceEntry } from '../downloads/ports.ts';
import { endOnAbort } from './end-on-abort.ts';
import { errnoFault, isMissing } from './errno-fault.ts';
import { identify, modifiedAt, type FileIdentity } from './file-identity.ts';
import { openRegularFile } from './open-regular-file.ts';
import { UnchangedBytes } from './unchanged-bytes.ts';
import { walkFolder } from './walk-folder.ts';

/** One file as an entry. `path` is what it is called inside of what was asked for. */
export function fileEntry(fullPath: string, path: string, identity: FileIdentity): SourceEntry {
  return {
    path,
    size: Number(identity.size),
    modifiedAt: modifiedAt(identity),
    open: (signal) => openFile(fullPath, path, identity, signal),
  };
}

/** Every file below a folder, each looked at when its turn comes: what is gone by then is not part of the folder. */
export async function* folderEntries(folder: string, signal: AbortSignal): AsyncGenerator<SourceEntry, void> {
  for await (const path of walkFolder(folder, signal)) {
    const fullPath = join(folder, path);
    const identity = await identifyOrSkip(fullPath, path);
    if (identity) yield fileEntry(fullPath, path, identity);
  }
}

async function identifyOrSkip(fullPath: string, path: string): Promise<FileIdentity | null> {
  try {
    return await identify(fullPath);
  } catch (error) {
    if (isMissing(error)) return null;
    throw errnoFault(error, path);
  }
}

async function openFile(fullPath: string, path: string, identity: FileIdentity, signal: AbortSignal): Promise<Readable> {
  signal.throwIfAborted();
  try {
    return endOnAbort(new UnchangedBytes(await openRegularFile(fullPath, identity), identity, path), signal);
  } catch (error) {
    throw errnoFault(error, path);
  }
}

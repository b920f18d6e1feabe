import { createHash } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { addAbortSignal, type Readable } from 'node:stream';
import { StorageFault } from '../downloads/faults.ts';
import type { StoredObject } from '../downloads/ports.ts';
import { unfinished } from './object-file-name.ts';
import { reachDisk } from './reach-disk.ts';

/**
 * Writes the body beside its final name, brings it to the disk, and only then gives it that name: whatever happens in
 * between, under the name lies the whole or nothing. Rejects with the abort's reason, the body's error, or a fault.
 */
export async function writeDurably(path: string, body: Readable, signal: AbortSignal, hasRoom: () => Promise<boolean>): Promise<StoredObject> {
  const part = path + unfinished;
  try {
    signal.throwIfAborted();
    addAbortSignal(signal, body);
    const stored = await writePart(part, body, hasRoom);
    signal.throwIfAborted();
    await reachDisk(rename(part, path));
    await syncFolder(dirname(path));
    return stored;
  } catch (error) {
    body.destroy();
    await rm(part, { force: true }).catch(() => {}); // the sweep finds it
    signal.throwIfAborted();
    throw error;
  }
}

/** How much may be written between two looks at the room that is left: others write too. */
const lookEvery = 16_000_000;

async function writePart(part: string, body: Readable, hasRoom: () => Promise<boolean>): Promise<StoredObject> {
  const file = await reachDisk(open(part, 'w', 0o600));
  try {
    const hash = createHash('sha256');
    let size = 0;
    let lookAt = lookEvery;
    for await (const chunk of body as AsyncIterable<Buffer>) {
      // The disk is at work while the hash is made.
      const written = reachDisk(file.writeFile(chunk));
      hash.update(chunk);
      size += chunk.length;
      await written;
      if (size < lookAt) continue;
      lookAt = size + lookEvery;
      if (!(await hasRoom())) throw new StorageFault('storage-unavailable', 'There is not enough room for the finished file.');
    }
    await reachDisk(file.sync());
    return { size, sha256: hash.digest('hex') };
  } finally {
    await file.close();
  }
}

/** Without this the new name itself could be lost with the power. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await reachDisk(open(folder, 'r'));
  try {
    await reachDisk(handle.sync());
  } finally {
    await handle.close();
  }
}

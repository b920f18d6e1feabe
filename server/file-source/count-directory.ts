import { createHash, type Hash } from 'node:crypto';
import { join } from 'node:path';
import { errnoFault, isMissing } from './errno-fault.ts';
import { identify, versionOf, type FileIdentity } from './file-identity.ts';
import type { FolderSum } from './folder-sums.ts';
import { walkFolder } from './walk-folder.ts';

/** Files that are looked at together; more would only queue for Node's few threads. */
const together = 32;

/** Adds up the files of a folder on disk in the order of the walk, which is always the same; answers their version. */
export async function countDirectory(folder: string, sum: FolderSum, signal: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  let batch: string[] = [];
  const addBatch = async () => {
    const files = await Promise.all(batch.map(async (path) => ({ path, identity: await lookAtFile(folder, path) })));
    batch = [];
    for (const { path, identity } of files) if (identity) addFile(path, identity, sum, hash);
  };
  for await (const path of walkFolder(folder, signal)) {
    if (batch.push(path) === together) await addBatch();
  }
  await addBatch();
  return hash.digest('base64url');
}

function addFile(path: string, identity: FileIdentity, sum: FolderSum, hash: Hash): void {
  sum.size += Number(identity.size);
  sum.entries += 1;
  hash.update(JSON.stringify([path, versionOf(identity)]));
}

/** Null for what is gone by now, or is no regular file any more. */
async function lookAtFile(folder: string, path: string): Promise<FileIdentity | null> {
  try {
    return await identify(join(folder, path));
  } catch (error) {
    if (isMissing(error)) return null;
    throw errnoFault(error, path);
  }
}

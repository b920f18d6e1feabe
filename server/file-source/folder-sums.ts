import { createHash, type Hash } from 'node:crypto';
import { join } from 'node:path';
import { errnoFault, isMissing } from './errno-fault.ts';
import { identify, versionOf, type FileIdentity } from './file-identity.ts';
import { walkFolder } from './walk-folder.ts';

export interface FolderSum {
  size: number;
  entries: number;
}

/** With the version of all files together, which a sum that is not finished has none of. */
export type WholeSum = Readonly<FolderSum> & { readonly version: string };

/** Files that are looked at together; more would only queue for Node's few threads. */
const together = 32;

/** How many files a folder holds, and how many bytes in all. What was counted is kept for those who do not need the latest. */
export class FolderSums {
  readonly #kept = new Map<string, WholeSum & { readonly at: number }>();

  /** Rejects with a `SourceFault`, or with the signal's reason; `soFar` then holds what was counted. */
  async of(folder: string, maxAgeMs: number, signal: AbortSignal, soFar: FolderSum = { size: 0, entries: 0 }): Promise<WholeSum> {
    const kept = this.#kept.get(folder);
    if (kept && performance.now() - kept.at <= maxAgeMs) return kept;
    const at = performance.now();
    const version = await count(folder, signal, soFar);
    const whole = { ...soFar, version, at };
    this.#kept.set(folder, whole);
    return whole;
  }

  /** Forgets folders that are gone. */
  keepOnly(folders: ReadonlySet<string>): void {
    for (const folder of this.#kept.keys()) if (!folders.has(folder)) this.#kept.delete(folder);
  }
}

/** Adds up the files in the order of the walk, which is always the same; answers their version. */
async function count(folder: string, signal: AbortSignal, sum: FolderSum): Promise<string> {
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

import { join } from 'node:path';
import { errnoFault, isMissing } from './errno-fault.ts';
import { identify } from './file-identity.ts';
import { walkFolder } from './walk-folder.ts';

export interface FolderSum {
  size: number;
  entries: number;
}

/** Files that are looked at together; more would only queue for Node's few threads. */
const together = 32;

/** How many files a folder holds, and how many bytes in all. What was counted is kept for those who do not need the latest. */
export class FolderSums {
  readonly #kept = new Map<string, FolderSum & { at: number }>();

  /** Rejects with a `SourceFault`, or with the signal's reason; `soFar` then holds what was counted. */
  async of(folder: string, maxAgeMs: number, signal: AbortSignal, soFar: FolderSum = { size: 0, entries: 0 }): Promise<Readonly<FolderSum>> {
    const kept = this.#kept.get(folder);
    if (kept && performance.now() - kept.at <= maxAgeMs) return kept;
    const at = performance.now();
    await count(folder, signal, soFar);
    this.#kept.set(folder, { ...soFar, at });
    return soFar;
  }

  /** Forgets folders that are gone. */
  keepOnly(folders: ReadonlySet<string>): void {
    for (const folder of this.#kept.keys()) if (!folders.has(folder)) this.#kept.delete(folder);
  }
}

async function count(folder: string, signal: AbortSignal, sum: FolderSum): Promise<void> {
  let batch: string[] = [];
  const addBatch = async () => {
    const sizes = await Promise.all(batch.map((path) => sizeOf(folder, path)));
    batch = [];
    for (const size of sizes) {
      if (size === null) continue;
      sum.size += size;
      sum.entries += 1;
    }
  };
  for await (const path of walkFolder(folder, signal)) {
    if (batch.push(path) === together) await addBatch();
  }
  await addBatch();
}

/** Null for what is gone by now, or is no regular file any more. */
async function sizeOf(folder: string, path: string): Promise<number | null> {
  try {
    const identity = await identify(join(folder, path));
    return identity && Number(identity.size);
  } catch (error) {
    if (isMissing(error)) return null;
    throw errnoFault(error, path);
  }
}

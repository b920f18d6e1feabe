import { join } from 'node:path';
import { errnoFault, isMissing } from './errno-fault.ts';
import { visibleEntries } from './visible-entries.ts';

/** All files below a folder as paths relative to it, with `/`, each folder's in the order of their names. Nothing is followed out of it. */
export async function* walkFolder(folder: string, signal: AbortSignal): AsyncGenerator<string, void> {
  // A stack instead of recursion: a step costs the same however deep the folders are.
  const pending = (await childrenOf(folder, '')).toReversed();
  for (let next = pending.pop(); next; next = pending.pop()) {
    signal.throwIfAborted();
    if (!next.folder) yield next.path;
    else for (const child of (await childrenOf(folder, next.path)).toReversed()) pending.push(child);
  }
}

async function childrenOf(folder: string, path: string): Promise<{ path: string; folder: boolean }[]> {
  try {
    const entries = await visibleEntries(join(folder, path));
    return entries.map((entry) => ({ path: path ? `${path}/${entry.name}` : entry.name, folder: entry.folder }));
  } catch (error) {
    // A folder below that is gone by now is not part of it any more; the one that was asked for is missed.
    if (path && isMissing(error)) return [];
    throw errnoFault(error, path || 'the folder');
  }
}

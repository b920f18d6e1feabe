import type { Dirent } from 'node:fs';
import { readdir, realpath } from 'node:fs/promises';
import { SourceFault } from '../downloads/faults.ts';
import { compareNames } from './by-name.ts';
import { isVisibleName } from './visible-name.ts';

export interface VisibleEntry {
  readonly name: string;
  readonly folder: boolean;
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * The files and folders in a folder, in the order of their names. Left out: what begins with a dot; symlinks, devices,
 * sockets and pipes; and names that are no UTF-8, since nobody could ask for them. Rejects when the folder has become a
 * symlink, or lies behind one.
 */
export async function visibleEntries(folder: string): Promise<VisibleEntry[]> {
  const found = await readdir(folder, { withFileTypes: true, encoding: 'buffer' });
  if ((await realpath(folder)) !== folder) throw new SourceFault('file-not-found', 'A folder was replaced by a link.');
  return found.flatMap(visible).toSorted((a, b) => compareNames(a.name, b.name));
}

function visible(entry: Dirent<Buffer>): VisibleEntry[] {
  const name = decoded(entry.name);
  const wanted = name !== null && isVisibleName(name) && (entry.isFile() || entry.isDirectory());
  return wanted ? [{ name, folder: entry.isDirectory() }] : [];
}

function decoded(name: Buffer): string | null {
  try {
    return utf8.decode(name);
  } catch {
    return null;
  }
}

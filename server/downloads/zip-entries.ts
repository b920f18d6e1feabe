import { nameOf } from './artifact-name.ts';
import type { SourceEntry, SourceFile } from './ports.ts';
import { safePath } from './safe-name.ts';
import { UniqueNames } from './unique-names.ts';

export interface ZipEntry {
  /** Where the bytes lie inside the ZIP. */
  readonly path: string;
  readonly entry: SourceEntry;
}

/** What goes into the ZIP, in order: plain files at the top, a folder's files under its name, no path twice. */
export async function* zipEntries(files: readonly SourceFile[], signal: AbortSignal): AsyncGenerator<ZipEntry, void> {
  const top = new UniqueNames();
  for (const file of files) {
    const folder = file.folder ? `${top.takeFolder(nameOf(file))}/` : '';
    const inside = file.folder ? new UniqueNames() : top;
    for await (const entry of file.entries(signal)) {
      yield { path: folder + inside.take(file.folder ? safePath(entry.path) : nameOf(file)), entry };
    }
  }
}

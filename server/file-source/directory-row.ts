import type { CatalogueFile } from '#shared/files-api.ts';
import { lookAt } from './file-identity.ts';
import { fileRow } from './file-row.ts';
import { folderRow } from './folder-row.ts';
import type { FolderSums } from './folder-sums.ts';
import type { IndexRow } from './name-index.ts';

/** A row of the catalogue, or none when the file is gone by now. */
export async function directoryRow(row: IndexRow, path: string, sums: FolderSums, patience: AbortSignal): Promise<CatalogueFile[]> {
  const found = await lookAt(path).catch(() => null);
  if (!found) return [];
  return [found.folder ? await folderRow(row, path, sums, patience) : fileRow(row, Number(found.identity.size))];
}

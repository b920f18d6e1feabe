import type { CatalogueFile } from '#shared/files-api.ts';
import { contentTypeOf } from './content-type-of.ts';
import type { IndexRow } from './directory-index.ts';
import { lookAt } from './file-identity.ts';
import type { FolderSums } from './folder-sums.ts';

/** A folder's sum in the catalogue may be so old; before it is packed it is counted again. */
const sumMaxAgeMs = 60_000;

/**
 * A row of the catalogue, or none when the file is gone by now. A folder that cannot be counted, or not before
 * `patience` is over, is listed without a size, and with as many entries as were counted.
 */
export async function directoryRow({ fileId, fileName }: IndexRow, path: string, sums: FolderSums, patience: AbortSignal): Promise<CatalogueFile[]> {
  const found = await lookAt(path).catch(() => null);
  if (!found) return [];
  if (!found.folder) {
    return [{ fileId, fileName, size: Number(found.identity.size), contentType: contentTypeOf(fileName), entries: 1 }];
  }
  const soFar = { size: 0, entries: 0 };
  const sum = await sums.of(path, sumMaxAgeMs, patience, soFar).catch(() => ({ ...soFar, size: null }));
  return [{ fileId, fileName, size: sum.size, contentType: 'application/zip', entries: sum.entries }];
}

import type { CatalogueFile } from '#shared/files-api.ts';
import type { FolderSums } from './folder-sums.ts';
import type { Named } from './by-name.ts';

/** A folder's sum in the catalogue may be so old; before it is packed it is counted again. */
const sumMaxAgeMs = 60_000;

/**
 * A folder's row in a catalogue. One that cannot be counted, or not before `patience` is over, is listed without a size,
 * and with as many entries as were counted.
 */
export async function folderRow({ fileId, fileName }: Named, path: string, sums: FolderSums, patience: AbortSignal): Promise<CatalogueFile> {
  const { size, entries } = await sums.of(path, sumMaxAgeMs, patience).catch(() => ({ size: null, entries: sums.soFar(path).entries }));
  return { fileId, fileName, size, contentType: 'application/zip', entries };
}

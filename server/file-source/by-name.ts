import type { CatalogueFile } from '#shared/files-api.ts';

export type Named = Pick<CatalogueFile, 'fileId' | 'fileName'>;

const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

/** As people sort, so that `part 2` stands before `part 10`; only equal names are equal. */
export function compareNames(a: string, b: string): number {
  return collator.compare(a, b) || (a < b ? -1 : Number(a > b));
}

/** The order of a catalogue, in which no two are equal. */
export function byName(a: Named, b: Named): number {
  return compareNames(a.fileName, b.fileName) || a.fileId - b.fileId;
}

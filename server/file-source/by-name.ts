import type { CatalogueFile } from '#shared/files-api.ts';

export type Named = Pick<CatalogueFile, 'fileId' | 'fileName'>;

const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

/** The order of a catalogue: as people sort, so that `part 2` stands before `part 10`; no two are equal. */
export function byName(a: Named, b: Named): number {
  return collator.compare(a.fileName, b.fileName) || compareUnits(a.fileName, b.fileName) || a.fileId - b.fileId;
}

/** Tells names apart that read alike. */
function compareUnits(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

import type { CatalogueFile } from '#shared/files-api.ts';
import type { Named } from './by-name.ts';
import { contentTypeOf } from './content-type-of.ts';

/** A plain file's row in a catalogue. */
export function fileRow({ fileId, fileName }: Named, size: number): CatalogueFile {
  return { fileId, fileName, size, contentType: contentTypeOf(fileName), entries: 1 };
}

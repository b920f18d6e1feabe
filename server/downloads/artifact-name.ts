import type { DownloadRequest } from './job-record.ts';
import type { SourceFile } from './ports.ts';
import { safeName } from './safe-name.ts';
import { splitName } from './split-name.ts';

export type Packing = Pick<DownloadRequest, 'archive' | 'archiveName'>;

/** Whether the bytes of one file are handed on as they are; everything else becomes a ZIP. */
export function isPlain(files: readonly SourceFile[], { archive }: Packing): boolean {
  return files.length === 1 && !files[0]!.folder && !archive;
}

/** The name under which what was asked for is saved. */
export function artifactName(files: readonly SourceFile[], packing: Packing): string {
  const [first] = files;
  if (first && isPlain(files, packing)) return nameOf(first);
  const wished = safeName(packing.archiveName ?? '');
  if (wished) return wished.toLowerCase().endsWith('.zip') ? wished : `${wished}.zip`;
  if (!first || files.length > 1) return `download-${files.length}-files.zip`;
  return `${first.folder ? nameOf(first) : splitName(nameOf(first)).stem}.zip`;
}

/** A file's or folder's own name, made safe. */
export function nameOf(file: SourceFile): string {
  return safeName(file.fileName) || `file-${file.fileId}`;
}

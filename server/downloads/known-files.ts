import { isDeepStrictEqual } from 'node:util';
import type { JobFile } from '#shared/job.ts';
import { artifactName } from './artifact-name.ts';
import { preparationOf } from './preparation.ts';
import type { DownloadRequest, JobRecord } from './job-record.ts';
import type { SourceFile } from './ports.ts';

/** What can be said of the files before their bytes are read. */
export interface KnownFiles {
  /** Of the artifact; null while unknown. */
  readonly fileName: string | null;
  /** Null while unknown, and where there are too many to be shown. */
  readonly files: readonly JobFile[] | null;
  readonly bytesTotal: number | null;
  /** See `JobRecord`. */
  readonly preparation: string | null;
}

export const nothingKnown: KnownFiles = { fileName: null, files: null, bytesTotal: null, preparation: null };

const mostFilesShown = 12;

export function knownFiles(found: readonly SourceFile[], request: DownloadRequest): KnownFiles {
  const files = found.map(({ fileId, fileName, size }) => ({ fileId, fileName, size }));
  return {
    fileName: artifactName(found, request),
    files: files.length <= mostFilesShown ? files : null,
    preparation: preparationOf(found, request),
    bytesTotal: files.reduce<number | null>((sum, { size }) => (sum === null || size === null ? null : sum + size), 0),
  };
}

/** Whether the record says all this already. */
export function knows({ fileName, files, progress, preparation }: JobRecord, known: KnownFiles): boolean {
  const said: KnownFiles = { fileName, files, preparation, bytesTotal: progress.bytesTotal };
  return isDeepStrictEqual(said, known);
}

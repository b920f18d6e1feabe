import type { CheckResponse } from '#shared/download-api.ts';
import type { FilesQuery } from '#shared/download-requests.ts';
import type { FilesResponse } from '#shared/files-api.ts';
import { isNotFound } from './describe-files.ts';
import { DownloadError } from './errors.ts';
import type { Ports } from './ports.ts';

/** Whether a number stands for a file that could be asked for. Rejects with `temporarily-unavailable` when the source cannot tell. */
export async function checkFile({ source, policy }: Pick<Ports, 'source' | 'policy'>, fileId: number): Promise<CheckResponse> {
  try {
    const { fileName, size } = await source.find(fileId, AbortSignal.timeout(policy.describeMs));
    return { file_id: fileId, available: true, fileName, size };
  } catch (error) {
    if (isNotFound(error)) return { file_id: fileId, available: false, fileName: null, size: null };
    throw sourceAway(error);
  }
}

/** One page of the source's catalogue. Rejects with `no-catalogue`, `BadCursor` or `temporarily-unavailable`. */
export async function listFiles(
  { source }: Pick<Ports, 'source'>,
  { query, limit, cursor }: FilesQuery,
): Promise<FilesResponse> {
  if (!source.list) throw new DownloadError('no-catalogue', 'This source has no catalogue. Ask for a file by its number.');
  try {
    const { files, total, next } = await source.list({ query, limit, cursor: cursor ?? null }, AbortSignal.timeout(10_000));
    return { files, total, nextCursor: next };
  } catch (error) {
    throw error instanceof DownloadError ? error : sourceAway(error);
  }
}

function sourceAway(cause: unknown): DownloadError {
  return new DownloadError('temporarily-unavailable', 'The source of the files does not answer just now.', { cause });
}

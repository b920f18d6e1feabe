import { checkResponseSchema, downloadPaths } from '#shared/download-api.ts';
import { filesPath, filesResponseSchema } from '#shared/files-api.ts';
import { apiJson } from './call-api.ts';

export interface FilesQuestion {
  query: string;
  limit: number;
  cursor: string | null;
}

export function fetchFiles({ query, limit, cursor }: FilesQuestion, signal?: AbortSignal) {
  const search = new URLSearchParams({ query, limit: String(limit), ...(cursor === null ? {} : { cursor }) });
  return apiJson(`${filesPath}?${search.toString()}`, filesResponseSchema, { signal });
}

export const checkFile = (fileId: number, signal?: AbortSignal) =>
  apiJson(downloadPaths.check(), checkResponseSchema, { method: 'POST', body: { file_id: fileId }, signal });

import { downloadPaths, historyResponseSchema } from '#shared/download-api.ts';
import { apiJson } from './call-api.ts';

export interface HistoryQuestion {
  userId: string;
  limit: number;
  cursor: string | null;
}

/** A page of what was asked for under a user id, newest first. */
export function fetchHistory({ userId, limit, cursor }: HistoryQuestion, signal?: AbortSignal) {
  const search = new URLSearchParams({ userId, limit: String(limit), ...(cursor === null ? {} : { cursor }) });
  return apiJson(`${downloadPaths.history()}?${search.toString()}`, historyResponseSchema, { signal });
}

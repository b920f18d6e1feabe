import { downloadPaths, initiateResponseSchema } from '#shared/download-api.ts';
import type { InitiateRequestInput } from '#shared/download-requests.ts';
import { jobSchema } from '#shared/job.ts';
import { readApiError } from './api-error.ts';
import { apiFetch, apiJson } from './api-fetch.ts';

export const initiateDownload = (body: InitiateRequestInput) =>
  apiJson(downloadPaths.initiate(), initiateResponseSchema, { method: 'POST', body });

export const retryDownload = (jobId: string, idempotencyKey: string) =>
  apiJson(downloadPaths.retry(jobId), initiateResponseSchema, {
    method: 'POST',
    headers: { 'idempotency-key': `"${idempotencyKey}"` },
  });

export function fetchStatus(jobId: string, signal?: AbortSignal, { timeline = false } = {}) {
  const path = downloadPaths.status(encodeURIComponent(jobId));
  return apiJson(timeline ? `${path}?include=timeline` : path, jobSchema, { signal });
}

export const cancelDownload = (jobId: string) => apiJson(downloadPaths.cancel(jobId), jobSchema, { method: 'POST' });

/** Resolves when the job and its file are gone. `keepalive` lets it outlive the page. */
export async function deleteDownload(jobId: string, { keepalive = false } = {}): Promise<void> {
  const response = await apiFetch(downloadPaths.download(jobId), { method: 'DELETE', keepalive });
  if (!response.ok && response.status !== 404) throw await readApiError(response);
}

/** Whether the download link would lead to the file now. The storage address it redirects to is not looked at. */
export async function isDownloadOpen(jobId: string): Promise<boolean> {
  const response = await apiFetch(downloadPaths.download(jobId), { method: 'HEAD', redirect: 'manual' });
  if (response.type === 'opaqueredirect') return true;
  if (response.status >= 500 || response.status === 429) throw await readApiError(response);
  return false;
}

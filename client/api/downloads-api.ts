import { downloadPaths, initiateResponseSchema } from '#shared/download-api.ts';
import type { InitiateRequestInput } from '#shared/download-requests.ts';
import { jobSchema } from '#shared/job.ts';
import type { Click } from '../telemetry/words.ts';
import { readApiError } from './api-error.ts';
import { apiJson, callApi } from './call-api.ts';

export const initiateDownload = (body: InitiateRequestInput, click: Click) =>
  apiJson(downloadPaths.initiate(), initiateResponseSchema, { method: 'POST', body }, click);

export const retryDownload = (jobId: string, idempotencyKey: string, click: Click) =>
  apiJson(downloadPaths.retry(jobId), initiateResponseSchema, { method: 'POST', headers: { 'idempotency-key': `"${idempotencyKey}"` } }, click);

export function fetchStatus(jobId: string, signal?: AbortSignal, { timeline = false } = {}) {
  const path = downloadPaths.status(encodeURIComponent(jobId));
  return apiJson(timeline ? `${path}?include=timeline` : path, jobSchema, { signal });
}

export const cancelDownload = (jobId: string) => apiJson(downloadPaths.cancel(jobId), jobSchema, { method: 'POST' });

/** Resolves when the job and its file are gone. `keepalive` lets it outlive the page. */
export const deleteDownload = (jobId: string, { keepalive = false } = {}) =>
  callApi(downloadPaths.download(jobId), { method: 'DELETE', keepalive }, async (response) => {
    if (!response.ok && response.status !== 404) throw await readApiError(response);
  });

/** Whether the download link would lead to the file now. The storage address it redirects to is not looked at. */
export const isDownloadOpen = (jobId: string) =>
  callApi(downloadPaths.download(jobId), { method: 'HEAD', redirect: 'manual' }, async (response) => {
    if (response.type === 'opaqueredirect') return true;
    if (response.status >= 500 || response.status === 429) throw await readApiError(response);
    return false;
  });

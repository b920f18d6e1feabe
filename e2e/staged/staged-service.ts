import { downloadPaths, type InitiateResponse } from '#shared/download-api.ts';
import { filesPath, type CatalogueFile } from '#shared/files-api.ts';
import type { Job, TimelineEntry } from '#shared/job.ts';
import { servicePaths, type Capabilities, type Health } from '#shared/service-api.ts';
import type { Page, Route } from '@playwright/test';
import { stagedTime } from './staged-jobs.ts';

/** How one request ends: with these words, never, or broken off. */
export type StagedAnswer = { status?: number; headers?: Record<string, string>; json?: unknown } | 'never' | 'lost';

/** What the service says in a picture. What is left out is everyday. */
export interface StagedService {
  jobs: readonly Job[];
  timelines: Record<string, readonly TimelineEntry[]>;
  /** Answers by method and path, in place of what would be said. */
  answers: Record<string, StagedAnswer>;
  files: readonly CatalogueFile[];
  filesInAll: number;
  /** How many jobs its history has. */
  remembered: number;
  capabilities: Capabilities;
  health: Health;
}

/** Answers all that the page asks of the service, with a clock that stands still. Page and styles come from the real one. */
export async function stageService(page: Page, service: StagedService): Promise<void> {
  await page.route(
    ({ pathname }) => pathname.startsWith('/v1/') || pathname === servicePaths.health,
    (route) => answer(route, service),
  );
}

async function answer(route: Route, service: StagedService): Promise<void> {
  const { method, pathname, query } = readRequest(route);
  const known = service.answers[`${method} ${pathname}`] ?? usualAnswer(service, method, pathname, query);
  if (known === 'never') return;
  if (known === 'lost') return route.abort();
  const { status = 200, headers = {}, json } = known;
  const date = new Date(stagedTime).toUTCString();
  await route.fulfill({ status, headers: { date, ...headers }, ...(json === undefined ? { body: '' } : { json }) });
}

function readRequest(route: Route) {
  const { pathname, searchParams } = new URL(route.request().url());
  return { method: route.request().method(), pathname, query: searchParams };
}

function usualAnswer(service: StagedService, method: string, pathname: string, query: URLSearchParams): StagedAnswer {
  const { jobs } = service;
  if (pathname === servicePaths.health) return { json: service.health };
  if (pathname === servicePaths.capabilities) return { json: service.capabilities };
  if (pathname === filesPath) return catalogueAnswer(service, query.get('query') ?? '');
  if (pathname === downloadPaths.check()) return { json: { file_id: 70_499, available: false, fileName: null, size: null } };
  if (pathname === downloadPaths.history()) return { json: { jobs: [], total: service.remembered, nextCursor: null } };
  if (pathname === downloadPaths.statuses()) return statusesAnswer(jobs, query.get('ids') ?? '');
  const job = jobs.find(({ jobId }) => pathname.endsWith(`/${jobId}`));
  if (!job) return aProblem(404, 'job-not-found');
  if (pathname === downloadPaths.cancel(job.jobId)) return { json: cancelled(job) };
  if (pathname === downloadPaths.status(job.jobId)) return { json: { ...job, timeline: service.timelines[job.jobId] ?? [] } };
  return method === 'DELETE' ? { status: 204 } : 'never';
}

function catalogueAnswer({ files, filesInAll }: StagedService, query: string): StagedAnswer {
  const found = files.filter(({ fileName, fileId }) => fileName.includes(query) || String(fileId).startsWith(query));
  return { json: { files: found, total: query === '' ? filesInAll : found.length, nextCursor: null } };
}

function statusesAnswer(jobs: readonly Job[], ids: string): StagedAnswer {
  const asked = new Set(ids.split(','));
  const told = jobs.filter(({ jobId }) => asked.has(jobId));
  const missing = [...asked].filter((id) => !told.some(({ jobId }) => jobId === id));
  return { json: { jobs: told, missing, nextPollInMs: 15_000 } };
}

function cancelled(job: Job): Job {
  const now = new Date(stagedTime).toISOString();
  const timestamps = { ...job.timestamps, updatedAt: now, settledAt: now };
  return { ...job, status: 'cancelled', settled: true, version: job.version + 1, worker: null, queue: null, nextPollInMs: null, timestamps };
}

/** A refusal in the words of the contract. */
export function aProblem(status: number, code: string, headers: Record<string, string> = {}): StagedAnswer {
  const json = { type: `/docs#${code}`, title: code, status, detail: code, code, requestId: 'request', traceId: '4bf92f3577b34da6a3ce929d0e0e4736' };
  return { status, headers, json };
}

/** What is answered to a request for a new job. */
export function accepted(job: Job): StagedAnswer {
  const json: InitiateResponse = { jobId: job.jobId, nextPollInMs: 15_000, expiresAt: job.expiresAt, job, deduplicated: false };
  return { status: 202, json };
}

import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render } from '@testing-library/react';
import type { ReactNode } from 'react';
import { vi } from 'vitest';
import type { Job } from '#shared/job.ts';
import { createActions } from '../downloads/download-actions.ts';
import { DownloadsContext, type Downloads } from '../downloads/downloads-context.tsx';
import { KeptDownloads } from '../downloads/kept-downloads.ts';
import { Announcer } from '../ui/announcer.ts';
import { Toasts } from '../ui/toasts.ts';
import { aTracked } from './a-job.ts';

/** Draws something that stands on downloads, with the real parts and a server made of `answers` by method and path. */
export function renderWithDownloads(children: ReactNode, { jobs = [], answers = {} }: WithDownloads = {}) {
  const kept = new KeptDownloads(localStorage);
  for (const job of jobs) kept.follow(job, aTracked(job));
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const toasts = new Toasts();
  const tellTabs = vi.fn();
  const actions = createActions({ kept, client, toasts, tellTabs, storage: localStorage, userId: 'user-1' });
  const act: Downloads['act'] = (use) => use({ ...actions, tell: vi.fn(), tellSlowedDown: vi.fn(), tellForgetful: vi.fn() });
  const leadership = { subscribe: () => () => {}, leads: () => true };
  const downloads: Downloads = { kept, userId: 'user-1', returning: true, toasts, leadership, tellTabs, announcer: new Announcer(), act };
  const fetched = stubServer(answers);
  const view = render(
    <QueryClientProvider client={client}>
      <DownloadsContext value={downloads}>{children}</DownloadsContext>
    </QueryClientProvider>,
  );
  return { ...view, kept, toasts, fetched };
}

type Answer = (body: string, url: URL) => Response | Promise<Response>;

interface WithDownloads {
  jobs?: readonly Job[];
  answers?: Record<string, Answer>;
}

/** Answers what the page asks; what was not foreseen is a route that does not exist. */
export function stubServer(answers: Record<string, Answer>) {
  const fetched = vi.fn((path: string, init: RequestInit = {}) => {
    const url = new URL(path, 'http://localhost');
    const answer = answers[`${init.method ?? 'GET'} ${url.pathname}`];
    return Promise.resolve(answer ? answer(typeof init.body === 'string' ? init.body : '', url) : aProblem(404, 'route-not-found'));
  });
  vi.stubGlobal('fetch', fetched);
  return fetched;
}

export function aProblem(status: number, code: string, more: object = {}): Response {
  const problem = { type: `/docs#${code}`, title: code, status, detail: code, code, requestId: 'r', traceId: 't', ...more };
  return Response.json(problem, { status });
}

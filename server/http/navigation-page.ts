import type { ErrorRequestHandler } from 'express';
import { DownloadError } from '../downloads/errors.ts';
import { escapeHtml } from './escape-html.ts';
import { problemTable } from './problem-table.ts';

/**
 * A person who follows a download link that leads nowhere yet gets a small page instead of JSON, with the same status:
 * it says why, and leads to the job, or to the list where only an object is named. Everything else goes on to the error handler.
 */
export const explainToNavigation: ErrorRequestHandler = (error: unknown, req, res, next) => {
  const isNavigation = req.method === 'GET' && req.get('sec-fetch-mode') === 'navigate';
  if (!isNavigation || !(error instanceof DownloadError)) return next(error);
  const { status, title } = problemTable[error.code];
  const { jobId } = req.params;
  res.status(status).type('html').setHeader('Cache-Control', 'no-store');
  res.setHeader('Content-Security-Policy', "default-src 'none'; style-src 'unsafe-inline'");
  const way = jobId === undefined ? { to: '/', words: 'See your downloads' } : { to: `/jobs/${encodeURIComponent(String(jobId))}`, words: 'See this download' };
  res.send(page(title, error.message, way));
};

function page(title: string, detail: string, way: { readonly to: string; readonly words: string }): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark"><title>${escapeHtml(title)} · Downloads</title>
<style>body{font:16px/1.5 system-ui,sans-serif;max-width:34rem;margin:18vh auto 0;padding:0 20px}h1{font-size:28px;letter-spacing:-.02em;margin:0}p{margin:8px 0 24px}</style>
</head><body><main><h1>${escapeHtml(title)}</h1><p>${escapeHtml(detail)}</p><p><a href="${escapeHtml(way.to)}">${way.words}</a></p></main></body></html>
`;
}

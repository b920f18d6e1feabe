import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { Server } from 'node:http';
import { join } from 'node:path';
import type { RequestHandler } from 'express';
import sirv from 'sirv';
import type { Capabilities } from '#shared/service-api.ts';

/** The page speaks with this origin alone, and with the one that its errors are reported to where there is one. */
const policyFor = (sentryDsn: string | null) =>
  [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "font-src 'self'",
    "img-src 'self' data:",
    ["connect-src 'self'", ...(sentryDsn === null ? [] : [new URL(sentryDsn).origin])].join(' '),
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');

export interface Dashboard {
  readonly routes: RequestHandler;
  /** Lets go of what it watches and of the browsers that wait for news of it. May be called again. */
  close(): Promise<void>;
}

/**
 * Serves the built dashboard, compressed as it was at build. Addresses of the page itself (`/jobs/…`) give
 * `index.html`, but only to whoever wants HTML: a missing script is a 404, not a page.
 */
export function builtDashboard(directory: string, { sentryDsn }: Pick<Capabilities['page'], 'sentryDsn'>): Dashboard {
  if (!existsSync(`${directory}/index.html`)) throw new Error(`There is no built dashboard in ${directory}. Run "npm run build".`);
  const policy = policyFor(sentryDsn);
  const files = sirv(directory, {
    gzip: true,
    brotli: true,
    etag: true,
    setHeaders(res, pathname) {
      const hashed = pathname.startsWith('/assets/');
      res.setHeader('Cache-Control', hashed ? 'public, max-age=31536000, immutable' : 'no-cache');
      res.setHeader('Content-Security-Policy', policy);
      res.setHeader('Referrer-Policy', 'same-origin');
    },
  });
  const routes: RequestHandler = (req, res, next) => {
    if (req.method !== 'GET' && req.method !== 'HEAD') return next();
    files(req, res, () => {
      if (!isPage(req.path, req.get('accept'))) return next();
      req.url = '/';
      files(req, res, next);
    });
  };
  return { routes, close: async () => {} };
}

/** Serves the dashboard from its sources with hot reload; the sockets of the reload ride on the same server. */
export async function sourceDashboard(server: Server): Promise<Dashboard> {
  const { createServer } = await import('vite');
  const vite = await createServer({
    // Read natively, the configuration is no file that `node --watch` would restart for.
    configLoader: 'native',
    server: { middlewareMode: true, hmr: { server } },
    appType: 'custom',
  });
  const page = async (address: string) => vite.transformIndexHtml(address, await readFile(join(vite.config.root, 'index.html'), 'utf8'));
  const routes: RequestHandler = (req, res, next) =>
    vite.middlewares(req, res, () => {
      if (!isPage(req.path, req.get('accept'))) return next();
      page(req.originalUrl).then((html) => res.type('html').send(html), next);
    });
  return { routes, close: () => vite.close() };
}

/** `/` and `/jobs/…`, asked for by somebody who wants to see them. */
function isPage(path: string, accept: string | undefined): boolean {
  return (path === '/' || path.startsWith('/jobs/')) && (accept ?? '').includes('text/html');
}

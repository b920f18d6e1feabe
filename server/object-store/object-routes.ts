import { Router, type ErrorRequestHandler, type Request, type Response } from 'express';
import send from 'send';
import { attachmentHeader } from './attachment-name.ts';
import type { EmbeddedObjectStore } from './embedded-object-store.ts';
import { LinkRefused, ObjectGone } from './link-errors.ts';
import type { LinkTerms } from './link-signature.ts';

type LinkRequest = Request<{ id: string; fence: string; fileName: string }>;

/**
 * Serves the links that the store has signed. What it cannot serve goes on as `LinkRefused` or `ObjectGone`, to `explain`
 * first: people follow these links.
 */
export function objectRoutes(store: EmbeddedObjectStore, ...explain: ErrorRequestHandler[]): Router {
  const routes = Router();
  const serve = (req: LinkRequest, res: Response, next: (error: Error) => void) => {
    const terms = termsOf(req);
    const { root, file } = store.followLink(terms, parameter(req, 'signature'));
    // An object never changes, so a tag that fits is answered, also by `fetch`, which adds `no-cache` to it.
    delete req.headers['cache-control'];
    send(req, `/${file}`, { root, dotfiles: 'allow', index: false, cacheControl: false })
      .on('headers', () => res.setHeaders(headersOf(terms)))
      .on('error', (error: SendError) => refuse(error, res, next))
      .pipe(res);
  };
  routes.all('/objects/:id/:fence/:fileName', serve, ...explain);
  return routes;
}

interface SendError extends Error {
  readonly status: number;
  readonly headers?: Record<string, string>;
}

function termsOf(req: LinkRequest): LinkTerms {
  const { id, fence, fileName } = req.params;
  return { method: req.method, id, fence, fileName, contentType: parameter(req, 'type'), expires: parameter(req, 'expires') };
}

function parameter(req: LinkRequest, name: string): string {
  const value = req.query[name];
  if (typeof value !== 'string') throw new LinkRefused('invalid');
  return value;
}

function headersOf({ id, fence, fileName, contentType }: LinkTerms): Map<string, string> {
  return new Map([
    ['Content-Type', contentType],
    ['Content-Disposition', attachmentHeader(fileName)],
    ['ETag', `"${id}.${fence}"`],
    ['Cache-Control', 'private, no-store'],
    ['Content-Security-Policy', "default-src 'none'; sandbox"],
    ['Referrer-Policy', 'no-referrer'],
    ['X-Content-Type-Options', 'nosniff'],
  ]);
}

function refuse(error: SendError, res: Response, next: (error: Error) => void): void {
  if (res.headersSent) res.destroy(error); // In the middle of the bytes only the line can be cut.
  else if (error.status === 412 || error.status === 416) res.status(error.status).set(error.headers ?? {}).end();
  else next(error.status === 404 ? new ObjectGone() : error);
}

import type { ErrorRequestHandler, IRouter, RequestHandler } from 'express';
import { DownloadError } from '../downloads/errors.ts';
import { contextOf } from './request-context.ts';

type Method = 'get' | 'post' | 'delete';

/**
 * Registers what a path takes, and answers every other method with 405 and `Allow` (RFC 9110, 15.5.6). `onError` sees
 * what the handlers throw before the common error handler does.
 */
export function endpoint(
  routes: IRouter,
  path: string,
  handlers: Partial<Record<Method, readonly RequestHandler[]>>,
  onError: readonly ErrorRequestHandler[] = [],
): void {
  const route = routes.route(path);
  route.all((req, res, next) => {
    contextOf(res).matched(path, typeof req.params.jobId === 'string' ? req.params.jobId : undefined);
    next();
  });
  const methods = Object.keys(handlers) as Method[];
  for (const method of methods) route[method](...handlers[method]!, ...onError);
  const allow = [...methods.flatMap((method) => (method === 'get' ? ['GET', 'HEAD'] : [method.toUpperCase()])), 'OPTIONS'].join(', ');
  route.all((req, res) => {
    res.setHeader('Allow', allow);
    if (req.method !== 'OPTIONS') throw new DownloadError('method-not-allowed', `This address takes ${allow}.`);
    res.status(204).end();
  });
}

/** Gives answers that no endpoint of ours makes the pattern under which they are counted. */
export function named(route: string): RequestHandler {
  return (_req, res, next) => {
    contextOf(res).matched(route);
    next();
  };
}

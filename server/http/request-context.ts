import { randomUUID } from 'node:crypto';
import type { Request, RequestHandler, Response } from 'express';
import { traceparentFor } from '../downloads/trace-parent.ts';

/** What every answer carries about its request. */
export interface RequestContext {
  readonly requestId: string;
  readonly traceparent: string;
}

const saneRequestId = /^[\w.:-]{1,128}$/;

/** Gives each request its id (the caller's where it is sane) and its place in a trace, and each answer its basic headers. */
export const requestContext: RequestHandler = (req, res, next) => {
  const offered = req.headers['x-request-id'];
  const requestId = typeof offered === 'string' && saneRequestId.test(offered) ? offered : randomUUID();
  const header = req.headers.traceparent;
  const context: RequestContext = {
    requestId,
    traceparent: traceparentFor(typeof header === 'string' ? header : undefined),
  };
  res.locals = context as RequestContext & Record<string, unknown>;
  res.setHeader('X-Request-Id', requestId);
  res.setHeader('X-Content-Type-Options', 'nosniff');
  next();
};

export function contextOf(res: Response): RequestContext {
  return res.locals as unknown as RequestContext;
}

/** The origin under which the caller reached us: the configured one, else what the request says. */
export function originOf(req: Request, publicUrl: string | null): string {
  return publicUrl ?? `${req.protocol}://${req.get('host') ?? 'localhost'}`;
}

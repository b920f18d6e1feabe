import { randomUUID } from 'node:crypto';
import type { Request, RequestHandler, Response } from 'express';
import { traceparentFor } from '../downloads/trace-parent.ts';

const saneRequestId = /^[\w.:-]{1,128}$/;

/** What every answer carries about its request. */
export class RequestContext {
  readonly requestId: string;
  readonly #header: string | undefined;
  #traceparent: string | undefined;

  constructor({ headers }: Request) {
    const offered = headers['x-request-id'];
    this.requestId = typeof offered === 'string' && saneRequestId.test(offered) ? offered : randomUUID();
    this.#header = typeof headers['traceparent'] === 'string' ? headers['traceparent'] : undefined;
  }

  /** Drawn when it is first asked for: most requests are polls, and say it nowhere. */
  get traceparent(): string {
    return (this.#traceparent ??= traceparentFor(this.#header));
  }
}

/** Gives each request its id (the caller's where it is sane) and its place in a trace, and each answer its basic headers. */
export const requestContext: RequestHandler = (req, res, next) => {
  const context = new RequestContext(req);
  res.locals['context'] = context;
  res.setHeader('X-Request-Id', context.requestId);
  res.setHeader('X-Content-Type-Options', 'nosniff');
  next();
};

export function contextOf(res: Response): RequestContext {
  return res.locals['context'] as RequestContext;
}

/** The origin under which the caller reached us: the configured one, else what the request says. */
export function originOf(req: Request, publicUrl: string | null): string {
  return publicUrl ?? `${req.protocol}://${req.get('host') ?? 'localhost'}`;
}

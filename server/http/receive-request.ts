import type { Request, RequestHandler } from 'express';
import { DownloadError } from '../downloads/errors.ts';
import type { Tracing } from '../downloads/tracing.ts';
import { isSaneHost, RequestContext } from './request-context.ts';
import { watchAnswer, type OnAnswered } from './watch-answer.ts';

/**
 * Gives each request its id (the caller's where it is sane) and its place in a trace, and each answer its basic headers.
 * The hearers are told of each answer when it is out, or cut off.
 */
export function receiveRequest(tracing: Tracing, hearers: readonly OnAnswered[]): RequestHandler {
  return (req, res, next) => {
    const context = new RequestContext(req, tracing);
    const { requestId, span } = context;
    res.locals['context'] = context;
    res.setHeader('X-Request-Id', requestId);
    res.setHeader('X-Content-Type-Options', 'nosniff');
    watchAnswer(req, res, context, hearers);
    span.run(() => next(namesHost(req) ? undefined : new DownloadError('malformed-request', 'The Host header names no host.')));
  };
}

/** HTTP/1.0 knows no Host; since then there must be one (RFC 9112, 3.2). */
function namesHost({ headers: { host }, httpVersion }: Request): boolean {
  return host === undefined ? httpVersion === '1.0' : isSaneHost(host);
}

import { randomUUID } from 'node:crypto';
import type { Request, Response } from 'express';
import { traceIdOf } from '../downloads/trace-parent.ts';
import type { RequestSpan, Tracing } from '../downloads/tracing.ts';

/** A name, an IPv4 or a bracketed IPv6 address, and perhaps a port: what RFC 9110 (7.2) lets stand there, less its oddities. */
const saneHost = /^(?:[a-z0-9._-]+|\[[0-9a-f:.]+\])(?::(?:[0-5]?\d{1,4}|6[0-4]\d{3}|65[0-4]\d\d|655[0-2]\d|6553[0-5]))?$/i;
/** What downloads are made of; what is told of the page's own spans is no part of it. Paths are matched in any case. */
const traced = /^\/v1\/(?!telemetry\/)/i;
/** Ours are like this, and what a stranger puts in their place is nobody's business. */
const ownJobId = /^dl_[\w-]{22}$/;
const saneRequestId = /^[\w.:-]{1,128}$/;

/** What every answer carries about its request. */
export class RequestContext {
  readonly requestId: string;
  readonly span: RequestSpan;
  #route: string | null = null;
  #jobId: string | undefined;

  constructor({ method, path, headers }: Request, tracing: Tracing) {
    const offered = headers['x-request-id'];
    this.requestId = typeof offered === 'string' && saneRequestId.test(offered) ? offered : randomUUID();
    this.span = tracing.receive({
      method,
      traceparent: oneOf(headers['traceparent']),
      tracestate: oneOf(headers['tracestate']),
      isAside: !traced.test(path),
    });
  }

  get traceparent(): string {
    return this.span.traceparent;
  }

  /** Notes which of our addresses it is: the pattern, null where it is none after all, and the job where the address names one. */
  matched(route: string | null, jobId?: string): void {
    this.#route = route;
    this.#jobId = jobId !== undefined && ownJobId.test(jobId) ? jobId : undefined;
    if (this.#jobId !== undefined) this.span.tell({ 'job.id': this.#jobId });
  }

  /** The pattern of the address, such as `/v1/download/status/:jobId`; null where none of ours was asked for. */
  get route(): string | null {
    return this.#route;
  }

  /** By what every log line about the request is found. */
  get fields() {
    return { requestId: this.requestId, trace_id: traceIdOf(this.traceparent), ...(this.#jobId === undefined ? {} : { jobId: this.#jobId }) };
  }
}

/** A header that came twice is none. */
function oneOf(header: string | string[] | undefined): string | undefined {
  return typeof header === 'string' ? header : undefined;
}

/** Links are made of it, so nothing else may stand there. */
export function isSaneHost(host: string): boolean {
  return saneHost.test(host);
}

export function contextOf(res: Response): RequestContext {
  return res.locals['context'] as RequestContext;
}

/** The origin under which the caller reached us: the configured one, else what the request says. */
export function originOf(req: Request, publicUrl: string | null): string {
  const { host } = req.headers;
  return publicUrl ?? `http${req.secure ? 's' : ''}://${host !== undefined && isSaneHost(host) ? host : 'localhost'}`;
}

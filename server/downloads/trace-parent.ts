import { randomBytes } from 'node:crypto';
import { parseTraceParent } from '@opentelemetry/core';

/**
 * The W3C Trace Context of this request: a child of the caller's where the header is well formed, else a new trace. The
 * sampled flag is 0, for nothing is recorded yet.
 */
export function traceparentFor(header: string | undefined): string {
  const caller = header === undefined ? null : parseTraceParent(header);
  return `00-${caller?.traceId ?? randomBytes(16).toString('hex')}-${randomBytes(8).toString('hex')}-00`;
}

export function traceIdOf(traceparent: string): string {
  return traceparent.slice(3, 35);
}

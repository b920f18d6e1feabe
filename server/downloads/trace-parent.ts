import { randomBytes } from 'node:crypto';
import { parseTraceParent } from '@opentelemetry/core';

/**
 * A W3C Trace Context of which nothing is recorded, as its flag says: a child of the caller's where the header is well
 * formed, else a new trace.
 */
export function traceparentFor(header: string | undefined): string {
  const caller = header === undefined ? null : parseTraceParent(header);
  return `00-${caller?.traceId ?? randomBytes(16).toString('hex')}-${randomBytes(8).toString('hex')}-00`;
}

export function traceIdOf(traceparent: string): string {
  return traceparent.slice(3, 35);
}

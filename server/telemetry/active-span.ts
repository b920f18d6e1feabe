import { AsyncLocalStorage } from 'node:async_hooks';
import type { CarriedSpan } from '../downloads/tracing.ts';

/** What is going on where this is asked: a request or an attempt, recorded or not. */
export const activeSpan = new AsyncLocalStorage<Pick<CarriedSpan, 'traceparent'>>();

/** Trace and span that the caller works for, for log lines and error reports; null where it works for nobody. */
export function activeTrace(): { readonly traceId: string; readonly spanId: string } | null {
  const active = activeSpan.getStore();
  if (!active) return null;
  const [, traceId, spanId] = active.traceparent.split('-') as [string, string, string];
  return { traceId, spanId };
}

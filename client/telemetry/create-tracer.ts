import { defaultTextMapSetter, ROOT_CONTEXT, SpanKind, SpanStatusCode, trace, TraceFlags, type Context, type Span } from '@opentelemetry/api';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { TraceIdRatioBasedSampler, WebTracerProvider, type SpanProcessor } from '@opentelemetry/sdk-trace-web';
import { toServerTime } from '../api/server-clock.ts';
import { describeCall } from './describe-call.ts';
import { drawPlace } from './draw-place.ts';
import { failureOf } from './failure-of.ts';
import { release } from './release.ts';
import type { Call, Place, Trace, Trouble } from './words.ts';

export interface Tracer {
  begin: (call: Call) => Trace;
  /** Tells of a trouble, in a trace of its own. */
  note: (trouble: Trouble) => Place;
}

interface TracerSettings {
  /** Which part of the traces is recorded; decided by the trace's id, as the server does. */
  ratio: number;
  processors: SpanProcessor[];
}

/**
 * Makes spans of what the page asks. Nothing is active in the background: each span is handed on by hand, since a browser
 * forgets over an `await` what it was doing.
 */
export function createTracer({ ratio, processors }: TracerSettings): Tracer {
  let next: Place;
  const provider = new WebTracerProvider({
    resource: resourceFromAttributes({ 'service.name': 'delineate-downloads-page', 'service.version': release }),
    // Each span has the place that was drawn for it, maybe long before this was here.
    idGenerator: { generateTraceId: () => next.traceId, generateSpanId: () => next.spanId },
    sampler: new TraceIdRatioBasedSampler(ratio),
    spanProcessors: processors,
  });
  const tracer = provider.getTracer('page', release);
  const propagator = new W3CTraceContextPropagator();
  // The server's clock, so that the page's spans stand where they belong among the server's.
  const start = (name: string, kind: SpanKind, at: number, place: Place, parent = ROOT_CONTEXT) => {
    next = place;
    return tracer.startSpan(name, { kind, startTime: toServerTime(at) }, parent);
  };

  return {
    begin(call) {
      const span = start(describeCall(call).name, SpanKind.CLIENT, call.startedAt, call.place, contextOf(call));
      const headers: Record<string, string> = {};
      propagator.inject(trace.setSpan(ROOT_CONTEXT, span), headers, defaultTextMapSetter);
      return { headers, end: (ended) => endCall(span, ended) };
    },
    note({ error, at, how }) {
      const place = drawPlace();
      const span = start('page-error', SpanKind.INTERNAL, at, place);
      span.setAttribute('page.noticed', how);
      fail(span, error, at);
      span.end(toServerTime(at));
      return place;
    },
  };
}

/** What is said again stands below what was said first. */
function contextOf({ click, place }: Call): Context {
  return click?.first && click.first !== place ? trace.setSpanContext(ROOT_CONTEXT, { ...click.first, traceFlags: TraceFlags.NONE }) : ROOT_CONTEXT;
}

/** Nothing but these is ever an attribute: no query, no name of a file, nobody's id but the job's. */
function endCall(span: Span, call: Call): void {
  const { method, route, jobId } = describeCall(call);
  span.setAttribute('http.request.method', method);
  if (route !== null) span.setAttribute('url.template', route);
  // Where a redirect is not followed the browser hides its status behind a 0.
  if (call.status !== null && call.status > 0) span.setAttribute('http.response.status_code', call.status);
  if (jobId !== null) span.setAttribute('job.id', jobId);
  fail(span, call.error, call.endedAt);
  span.end(toServerTime(call.endedAt));
}

function fail(span: Span, error: unknown, at: number): void {
  const failure = error === undefined ? null : failureOf(error);
  if (!failure) return;
  const { type, code, message } = failure;
  span.recordException({ name: type, message }, toServerTime(at));
  span.setAttribute('error.type', code ?? type);
  span.setStatus({ code: SpanStatusCode.ERROR, message });
}

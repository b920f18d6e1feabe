import { ROOT_CONTEXT, SpanKind, trace, TraceFlags, type Attributes, type SpanContext, type Tracer } from '@opentelemetry/api';
import { parseTraceParent, TraceState } from '@opentelemetry/core';
import type { Caller, CarriedSpan, RequestSpan, Span, SpanFacts, Step, Tracing } from '../downloads/tracing.ts';
import { calls, type Call } from '../calls.ts';
import { activeSpan } from './active-span.ts';
import { attributesOf, nameOf } from './call-attributes.ts';
import type { Entrance } from './entrance.ts';
import type { PlannedIds } from './planned-ids.ts';
import { RecordedSpan } from './recorded-span.ts';
import { noSpan, UnrecordedSpan } from './unrecorded-tracing.ts';

const kinds: Partial<Record<Step, SpanKind>> = { enqueue: SpanKind.PRODUCER };
const usualMethods: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

/** In the place of a caller that there is none of: of what it stands in, only the id of the trace goes on. */
const nobody = '0000000000000001';

/** Traces as OpenTelemetry knows them. A request or an attempt begins a tree; what is done outside of one, such as sweeps and heartbeats, has no span. */
export class RecordedTracing implements Tracing, Disposable {
  readonly #tracer: Tracer;
  readonly #entrance: Entrance;
  readonly #ids: PlannedIds;
  readonly #spanOf = new WeakMap<Call, RecordedSpan>();
  readonly #listener = {
    start: (call: Call) => this.#onCall(call),
    error: (call: Call & { error?: unknown }) => this.#spanOf.get(call)?.end(call.error),
    asyncEnd: (call: Call) => this.#onAnswer(call),
  };

  /** `ids` are those of the tracer's provider. */
  constructor(tracer: Tracer, entrance: Entrance, ids: PlannedIds) {
    this.#tracer = tracer;
    this.#entrance = entrance;
    this.#ids = ids;
    calls.subscribe(this.#listener);
  }

  receive({ method, traceparent, tracestate, isAside }: Caller): RequestSpan {
    if (isAside) return new UnrecordedSpan(traceparent);
    if ((method === 'GET' || method === 'HEAD') && !this.#entrance.considersRead()) return new UnrecordedSpan(traceparent);
    const parent = remote(traceparent, tracestate);
    const traceId = parent?.traceId ?? this.#ids.generateTraceId();
    if (!this.#entrance.admits(traceId, { isForeign: parent !== null })) return new UnrecordedSpan(parent ? traceparent : `00-${traceId}-${nobody}-00`);
    if (!parent) this.#ids.plan(traceId);
    const known = usualMethods.has(method) ? method : '_OTHER';
    return new RecordedSpan(this, this.#start(known, SpanKind.SERVER, { 'http.request.method': known }, parent), { method: known });
  }

  resume(name: 'attempt' | 'shared attempt', traceparent: string, facts: SpanFacts): CarriedSpan {
    const parent = remote(traceparent);
    const wasRecorded = parent !== null && (parent.traceFlags & TraceFlags.SAMPLED) !== 0;
    if (parent && !this.#entrance.admitsAttempt(parent.traceId, { wasRecorded })) return new UnrecordedSpan(traceparent);
    return new RecordedSpan(this, this.#start(name, SpanKind.CONSUMER, { ...facts }, parent));
  }

  begin(step: Step, facts: SpanFacts = {}): Span {
    const within = this.#active();
    return within ? this.#part(within, step, kinds[step] ?? SpanKind.INTERNAL, { ...facts }) : noSpan;
  }

  [Symbol.dispose](): void {
    calls.unsubscribe(this.#listener);
  }

  #onCall(call: Call): void {
    const within = this.#active();
    if (!within) return;
    if (within.tree.callsLeft === 0) return void within.tree.callsOmitted++;
    within.tree.callsLeft--;
    this.#spanOf.set(call, this.#part(within, nameOf(call), SpanKind.CLIENT, attributesOf(call)));
  }

  #onAnswer(call: Call): void {
    const span = this.#spanOf.get(call);
    if (call.status !== undefined) span?.sdkSpan.setAttribute('http.response.status_code', call.status);
    span?.end();
  }

  /** The span that is going on, where it is one of ours and is recorded. */
  #active(): RecordedSpan | null {
    const active = activeSpan.getStore();
    return active instanceof RecordedSpan && active.owner === this && active.isRecording ? active : null;
  }

  #part(within: RecordedSpan, name: string, kind: SpanKind, attributes: Attributes): RecordedSpan {
    return new RecordedSpan(this, this.#start(name, kind, attributes, within.sdkSpan.spanContext()), { within });
  }

  #start(name: string, kind: SpanKind, attributes: Attributes, parent: SpanContext | null) {
    return this.#tracer.startSpan(name, { kind, attributes }, parent ? trace.setSpanContext(ROOT_CONTEXT, parent) : ROOT_CONTEXT);
  }
}

/** The caller's span; null where there is none, or it is not well formed. Its state is bounded as W3C bounds it, when it is sent on. */
function remote(traceparent: string | undefined, tracestate?: string): SpanContext | null {
  const parsed = traceparent === undefined ? null : parseTraceParent(traceparent);
  return parsed && { ...parsed, isRemote: true, ...(tracestate === undefined ? {} : { traceState: new TraceState(tracestate) }) };
}

import { SpanStatusCode, TraceFlags, type Span as SdkSpan } from '@opentelemetry/api';
import { parseTraceParent } from '@opentelemetry/core';
import type { Answered, RequestSpan, SpanFacts } from '../downloads/tracing.ts';
import { activeSpan } from './active-span.ts';
import { errorType } from './error-type.ts';

/** How many calls are told of in one request or attempt: a file of ten thousand parts is no ten thousand spans. */
const mostCalls = 500;

/** Shared by all spans of one request or attempt. */
interface Tree {
  callsLeft: number;
  callsOmitted: number;
}

/** A span of the SDK in the words of our port. Where the sampler decided against it, it carries ids and nothing else. */
export class RecordedSpan implements RequestSpan {
  readonly sdkSpan: SdkSpan;
  /** Several programs may run in one process, in tests. */
  readonly owner: object;
  readonly isRecording: boolean;
  readonly tree: Tree;
  readonly #isTop: boolean;
  readonly #method: string;
  #isOver = false;

  constructor(owner: object, sdkSpan: SdkSpan, { within, method = '' }: { within?: RecordedSpan; method?: string } = {}) {
    this.owner = owner;
    this.sdkSpan = sdkSpan;
    this.isRecording = sdkSpan.isRecording();
    this.tree = within?.tree ?? { callsLeft: mostCalls, callsOmitted: 0 };
    this.#isTop = within === undefined;
    this.#method = method;
  }

  get traceparent(): string {
    const { traceId, spanId, traceFlags } = this.sdkSpan.spanContext();
    return `00-${traceId}-${spanId}-${traceFlags & TraceFlags.SAMPLED ? '01' : '00'}`;
  }

  run<Result>(work: () => Result): Result {
    return activeSpan.run(this, work);
  }

  tell(facts: SpanFacts): void {
    this.sdkSpan.setAttributes({ ...facts });
  }

  link(traceparent: string): void {
    const context = parseTraceParent(traceparent);
    if (context) this.sdkSpan.addLink({ context });
  }

  answered({ route, status }: Answered): void {
    if (!this.isRecording || this.#isOver) return;
    if (route !== null) this.sdkSpan.updateName(`${this.#method} ${route}`).setAttribute('http.route', route);
    this.sdkSpan.setAttribute('http.response.status_code', status);
    if (status >= 500) this.#fail(String(status));
    this.end();
  }

  end(error?: unknown): void {
    if (this.#isOver) return;
    this.#isOver = true;
    if (error !== undefined) this.#fail(errorType(error));
    if (this.#isTop && this.tree.callsOmitted > 0) this.sdkSpan.setAttribute('calls.omitted', this.tree.callsOmitted);
    this.sdkSpan.end();
  }

  #fail(type: string): void {
    this.sdkSpan.setAttribute('error.type', type).setStatus({ code: SpanStatusCode.ERROR });
  }
}

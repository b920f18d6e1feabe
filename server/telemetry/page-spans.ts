import { SpanKind, SpanStatusCode, TraceFlags, type HrTime, type SpanContext } from '@opentelemetry/api';
import type { Resource } from '@opentelemetry/resources';
import type { ReadableSpan, SpanProcessor } from '@opentelemetry/sdk-trace';
import type { PageSpan, TracesRequest } from '#shared/telemetry-api.ts';
import { AddressRates } from './address-rates.ts';
import { eventAttributes, releaseIn, spanAttributes } from './page-attributes.ts';

/** A page tells every few seconds; through a proxy all of them may come from one address. */
const perSecond = { ofAddress: 20, ofAll: 100 };
/** A tab that slept tells late, and its clock may be ahead. */
const mostBehindMs = 3_600_000;
const mostAheadMs = 300_000;

const plainName = /^[\w][\w .:/-]*$/;
const scope = { name: 'page' };
const otlpClient = 3;

interface PageSpansParts {
  /** Takes what is to be sent. */
  readonly processor: SpanProcessor;
  /** What the page is called, by the release that it says it is. */
  readonly resourceOf: (release: string | null) => Resource;
  /** Whether traces with this id are recorded at all. */
  readonly isChosen: (traceId: string) => boolean;
}

/**
 * Passes on what the pages in people's browsers tell of their spans. Anybody can send anything here: of each span only what is
 * known to be a page's goes on, under our name for it, and only for traces that would be recorded anyway.
 */
export class PageSpans {
  readonly #parts: PageSpansParts;
  readonly #rates = new AddressRates(perSecond);

  constructor(parts: PageSpansParts) {
    this.#parts = parts;
  }

  /** Whether this address may tell something just now. */
  mayTell(address: string): boolean {
    return this.#rates.take(address, performance.now());
  }

  /** Queues the spans; they are sent with others, later. */
  take({ resourceSpans }: TracesRequest): void {
    for (const { resource, scopeSpans } of resourceSpans) {
      const from = this.#parts.resourceOf(releaseIn(resource?.attributes));
      for (const { spans } of scopeSpans) {
        for (const span of spans) if (this.#isWanted(span)) this.#parts.processor.onEnd(readable(span, from));
      }
    }
  }

  #isWanted({ traceId, name, startTimeUnixNano, endTimeUnixNano }: PageSpan): boolean {
    const [startsAt, endsAt] = [toMs(startTimeUnixNano), toMs(endTimeUnixNano)];
    const now = Date.now();
    const isRecent = startsAt >= now - mostBehindMs && startsAt <= endsAt && endsAt <= now + mostAheadMs;
    return isRecent && plainName.test(name) && this.#parts.isChosen(traceId);
  }
}

/** As if it had been made here. */
function readable(span: PageSpan, resource: Resource): ReadableSpan {
  const { traceId, spanId, parentSpanId } = span;
  const place = (id: string): SpanContext => ({ traceId, spanId: id, traceFlags: TraceFlags.SAMPLED });
  const [startTime, endTime] = [toHrTime(span.startTimeUnixNano), toHrTime(span.endTimeUnixNano)];
  return {
    name: span.name,
    kind: span.kind === otlpClient ? SpanKind.CLIENT : SpanKind.INTERNAL,
    spanContext: () => place(spanId),
    ...(parentSpanId ? { parentSpanContext: place(parentSpanId) } : {}),
    startTime,
    endTime,
    duration: [endTime[0] - startTime[0], endTime[1] - startTime[1]],
    ended: true,
    status: { code: span.status?.code === SpanStatusCode.ERROR ? SpanStatusCode.ERROR : SpanStatusCode.UNSET },
    attributes: spanAttributes(span.attributes),
    events: (span.events ?? [])
      .filter(({ name }) => name === 'exception')
      .map(({ name, timeUnixNano, attributes }) => ({ name, time: toHrTime(timeUnixNano), attributes: eventAttributes(attributes) })),
    links: [],
    resource,
    instrumentationScope: scope,
    droppedAttributesCount: 0,
    droppedEventsCount: 0,
    droppedLinksCount: 0,
  };
}

function toHrTime(nanos: string): HrTime {
  const whole = BigInt(nanos);
  return [Number(whole / 1_000_000_000n), Number(whole % 1_000_000_000n)];
}

function toMs(nanos: string): number {
  return Number(BigInt(nanos) / 1_000_000n);
}

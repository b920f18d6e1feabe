import * as z from 'zod/mini';

/** So many spans are taken at once, and the page sends no more. */
export const spansPerRequest = 64;
const mostAttributes = 16;

/** OTLP writes 64-bit numbers as text. */
const nanos = z.string().check(z.regex(/^\d{1,20}$/));
const traceId = z.string().check(z.regex(/^(?!0{32})[\da-f]{32}$/));
const spanId = z.string().check(z.regex(/^(?!0{16})[\da-f]{16}$/));
const name = z.string().check(z.minLength(1), z.maxLength(64));

const value = z.object({
  stringValue: z.optional(z.string().check(z.maxLength(1000))),
  intValue: z.optional(z.union([z.int(), z.string().check(z.regex(/^-?\d{1,19}$/))])),
  doubleValue: z.optional(z.number()),
  boolValue: z.optional(z.boolean()),
});
const attributes = z.array(z.object({ key: name, value })).check(z.maxLength(mostAttributes));

const event = z.object({ name, timeUnixNano: nanos, attributes: z.optional(attributes) });

const span = z.object({
  traceId,
  spanId,
  parentSpanId: z.optional(z.union([spanId, z.literal('')])),
  name,
  kind: z.int().check(z.minimum(0), z.maximum(5)),
  startTimeUnixNano: nanos,
  endTimeUnixNano: nanos,
  attributes: z.optional(attributes),
  events: z.optional(z.array(event).check(z.maxLength(8))),
  status: z.optional(z.object({ code: z.optional(z.int().check(z.minimum(0), z.maximum(2))) })),
});

/** The page's spans, as the OpenTelemetry exporter writes them (OTLP as JSON), and no more of them than a page has. */
export const tracesRequestSchema = z
  .object({
    resourceSpans: z
      .array(
        z.object({
          resource: z.optional(z.object({ attributes: z.optional(attributes) })),
          scopeSpans: z.array(z.object({ spans: z.array(span).check(z.maxLength(spansPerRequest)) })).check(z.maxLength(4)),
        }),
      )
      .check(z.maxLength(4)),
  })
  .check(z.refine(({ resourceSpans }) => countSpans(resourceSpans) <= spansPerRequest, `must hold at most ${spansPerRequest} spans`));

export type TracesRequest = z.output<typeof tracesRequestSchema>;
export type PageSpan = z.output<typeof span>;
export type PageAttributes = z.output<typeof attributes>;

function countSpans(parts: readonly { scopeSpans: readonly { spans: readonly unknown[] }[] }[]): number {
  return parts.reduce((sum, { scopeSpans }) => sum + scopeSpans.reduce((some, { spans }) => some + spans.length, 0), 0);
}

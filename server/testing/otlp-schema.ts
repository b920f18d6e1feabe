import * as z from 'zod';

/**
 * What a collector may be sent as `application/json`, written from the OTLP specification 1.x and its `trace.proto`: names in
 * lowerCamelCase, ids in hex, 64-bit numbers as decimal strings, enums as numbers. Stricter than a collector, which has to
 * ignore what it does not know: here that is a mistake.
 */
const traceId = z.string().regex(/^(?!0{32})[\da-f]{32}$/);
const spanId = z.string().regex(/^(?!0{16})[\da-f]{16}$/);
const nanos = z.string().regex(/^\d{1,20}$/);
const uint32 = z.int().min(0).max(2 ** 32 - 1);
const int64 = z.union([z.int(), z.string().regex(/^-?\d{1,19}$/)]);

const anyValue = z.union([
  z.strictObject({ stringValue: z.string() }),
  z.strictObject({ boolValue: z.boolean() }),
  z.strictObject({ intValue: int64 }),
  z.strictObject({ doubleValue: z.number() }),
  z.strictObject({ arrayValue: z.strictObject({ get values() { return z.array(anyValue); } }) }),
]) as z.ZodType<AnyValue>;

interface AnyValue {
  readonly stringValue?: string;
  readonly boolValue?: boolean;
  readonly intValue?: number | string;
  readonly doubleValue?: number;
  readonly arrayValue?: { readonly values: AnyValue[] };
}

const attributes = z
  .array(z.strictObject({ key: z.string().min(1), value: anyValue }))
  .refine((list) => new Set(list.map(({ key }) => key)).size === list.length, 'keys are unique');

const event = z.strictObject({
  timeUnixNano: nanos,
  name: z.string(),
  attributes: attributes.default([]),
  droppedAttributesCount: uint32.default(0),
});

const link = z.strictObject({
  traceId,
  spanId,
  traceState: z.string().max(512).optional(),
  attributes: attributes.default([]),
  droppedAttributesCount: uint32.default(0),
  flags: uint32.optional(),
});

const span = z
  .strictObject({
    traceId,
    spanId,
    traceState: z.string().max(512).optional(),
    parentSpanId: z.union([spanId, z.literal('')]).optional(),
    flags: uint32.optional(),
    name: z.string().min(1),
    kind: z.int().min(0).max(5),
    startTimeUnixNano: nanos,
    endTimeUnixNano: nanos,
    attributes: attributes.default([]),
    droppedAttributesCount: uint32.default(0),
    events: z.array(event).default([]),
    droppedEventsCount: uint32.default(0),
    links: z.array(link).default([]),
    droppedLinksCount: uint32.default(0),
    status: z.strictObject({ code: z.int().min(0).max(2).default(0), message: z.string().optional() }).default({ code: 0 }),
  })
  .refine(({ startTimeUnixNano, endTimeUnixNano }) => BigInt(startTimeUnixNano) <= BigInt(endTimeUnixNano), 'ends after it began');

const scope = z.strictObject({ name: z.string(), version: z.string().optional(), attributes: attributes.optional(), droppedAttributesCount: uint32.optional() });
const resource = z.strictObject({ attributes, droppedAttributesCount: uint32.default(0) });

/** `ExportTraceServiceRequest`. */
export const exportRequestSchema = z.strictObject({
  resourceSpans: z.array(
    z.strictObject({
      resource,
      scopeSpans: z.array(z.strictObject({ scope, spans: z.array(span), schemaUrl: z.string().optional() })),
      schemaUrl: z.string().optional(),
    }),
  ),
});

export type OtlpSpan = z.output<typeof span>;
export type OtlpAttributes = z.output<typeof attributes>;

import * as z from 'zod';
import { keyValueList } from './key-value-list.ts';

const endpoint = z
  .url({ protocol: /^https?$/, error: 'must be an address such as http://localhost:4318' })
  .refine((text) => {
    const { username, password, search, hash } = new URL(text);
    return [username, password, search, hash].join('') === '';
  }, 'must be a plain address: what authorises goes into OTEL_EXPORTER_OTLP_HEADERS');

const pairs = (isSane: (name: string, value: string) => boolean) =>
  z.string().transform((text, ctx) => {
    const list = keyValueList(text);
    if (list && Object.entries(list).every(([name, value]) => isSane(name, value))) return list;
    ctx.addIssue({ code: 'custom', message: 'must be a list such as name=value,other=value, with values percent-encoded where they need it' });
    return z.NEVER;
  });

/** What may be a header, by RFC 9110. */
const isHeader = (name: string, value: string) => /^[\w!#$%&'*+.^`|~-]+$/.test(name) && /^[\x20-\x7e]*$/.test(value);
const isAttribute = (name: string, value: string) => name.length <= 255 && value.length <= 1024;

/** Browsers and collectors have JSON in common, so it is the one that is spoken. */
export const spokenProtocol = 'http/json';

export const samplers = {
  always_on: { takesRatio: false, ratio: 1, followsParent: false },
  always_off: { takesRatio: false, ratio: 0, followsParent: false },
  traceidratio: { takesRatio: true, ratio: 1, followsParent: false },
  parentbased_always_on: { takesRatio: false, ratio: 1, followsParent: true },
  parentbased_always_off: { takesRatio: false, ratio: 0, followsParent: true },
  parentbased_traceidratio: { takesRatio: true, ratio: 1, followsParent: true },
} as const;

const samplerNames = Object.keys(samplers) as (keyof typeof samplers)[];

/** The variables of the OpenTelemetry specification that this program understands. */
export const otelVariables = {
  OTEL_SDK_DISABLED: z.string().regex(/^(?:true|false)$/i, 'must be true or false').transform((word) => word.toLowerCase() === 'true').default(false),
  OTEL_TRACES_EXPORTER: z.enum(['otlp', 'none'], 'must be otlp or none').default('otlp'),
  OTEL_EXPORTER_OTLP_ENDPOINT: endpoint.optional(),
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: endpoint.optional(),
  OTEL_EXPORTER_OTLP_HEADERS: pairs(isHeader).optional(),
  OTEL_EXPORTER_OTLP_TRACES_HEADERS: pairs(isHeader).optional(),
  OTEL_EXPORTER_OTLP_PROTOCOL: z.string().optional(),
  OTEL_EXPORTER_OTLP_TRACES_PROTOCOL: z.string().optional(),
  OTEL_SERVICE_NAME: z.string().max(255, 'must have at most 255 characters').optional(),
  OTEL_RESOURCE_ATTRIBUTES: pairs(isAttribute).optional(),
  OTEL_TRACES_SAMPLER: z.enum(samplerNames, `must be one of ${samplerNames.join(', ')}`).default('parentbased_always_on'),
  OTEL_TRACES_SAMPLER_ARG: z
    .string()
    .regex(/^(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?$/i, 'must be a ratio from 0 to 1')
    .transform(Number)
    .pipe(z.number().max(1, 'must be a ratio from 0 to 1'))
    .optional(),
  OTEL_BSP_SCHEDULE_DELAY: z
    .string()
    .regex(/^\d{1,6}$/, 'must be a whole number of milliseconds')
    .transform(Number)
    .default(5000),
};

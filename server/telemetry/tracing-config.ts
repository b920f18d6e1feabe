import type * as z from 'zod';
import { samplers, type otelVariables } from './otel-variables.ts';

type Variables = z.infer<z.ZodObject<typeof otelVariables>>;

/** Where spans go, and which. */
export interface TracingConfig {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly serviceName: string;
  /** What else is said of where the spans come from. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly sampling: Sampling;
  /** How long a span waits for others that go the same way. */
  readonly sendEveryMs: number;
}

export interface Sampling {
  /** Which part of all traces is recorded, 0 to 1. The trace id decides, so that page, API and worker agree. */
  readonly ratio: number;
  /** Whether what a job's record says of its trace is followed, rather than decided again. */
  readonly followsParent: boolean;
}

const usualServiceName = 'delineate-downloads';

/** Null while nobody says where to: then nothing is recorded. */
export function tracingConfigOf(env: Variables): TracingConfig | null {
  const { OTEL_EXPORTER_OTLP_ENDPOINT: base, OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: own } = env;
  const url = own ?? (base === undefined ? null : `${base.replace(/\/$/, '')}/v1/traces`);
  if (url === null || env.OTEL_SDK_DISABLED || env.OTEL_TRACES_EXPORTER === 'none') return null;
  const { 'service.name': named, ...attributes } = env.OTEL_RESOURCE_ATTRIBUTES ?? {};
  const { ratio, followsParent } = samplers[env.OTEL_TRACES_SAMPLER];
  return {
    url,
    headers: { ...env.OTEL_EXPORTER_OTLP_HEADERS, ...env.OTEL_EXPORTER_OTLP_TRACES_HEADERS },
    serviceName: env.OTEL_SERVICE_NAME ?? named ?? usualServiceName,
    attributes,
    sampling: { ratio: env.OTEL_TRACES_SAMPLER_ARG ?? ratio, followsParent },
    sendEveryMs: env.OTEL_BSP_SCHEDULE_DELAY,
  };
}

import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { defaultResource, resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import type { Log } from '../downloads/ports.ts';
import type { Tracing } from '../downloads/tracing.ts';
import { EntranceSampler } from './entrance-sampler.ts';
import { RecordedTracing } from './recorded-tracing.ts';
import { ToldExporter } from './told-exporter.ts';
import type { TracingConfig } from './tracing-config.ts';

/** A collector that is dead costs the stop no more. */
const longestFarewellMs = 2000;
const exportTimeoutMs = 10_000;
/** What cannot be sent in time is dropped: memory does not grow with the absence of a collector. */
const room = { maxQueueSize: 4096, maxExportBatchSize: 512 };
const spanLimits = { attributeValueLengthLimit: 256, attributeCountLimit: 32, linkCountLimit: 128, eventCountLimit: 16 };

export interface OpenedTracing {
  readonly tracing: Tracing;
  /** Sends what is left, as far as that is possible in a moment. */
  close(): Promise<void>;
}

/** Begins to record. Nothing is sent by this: a collector that is away is tried again with the next spans. */
export function openTracing(config: TracingConfig, role: string, log: Log): OpenedTracing {
  const { url, headers, sendEveryMs: scheduledDelayMillis } = config;
  const exporter = new ToldExporter(new OTLPTraceExporter({ url, headers, timeoutMillis: exportTimeoutMs }), log);
  const provider = new TracerProvider({
    resource: resourceOf(config, role),
    sampler: new EntranceSampler(config.sampling),
    spanProcessors: [new BatchSpanProcessor({ exporter, ...room, scheduledDelayMillis, exportTimeoutMillis: exportTimeoutMs })],
    spanLimits,
  });
  const tracing = new RecordedTracing(provider.getTracer(config.serviceName));
  return {
    tracing,
    async close() {
      tracing[Symbol.dispose]();
      await atMost(longestFarewellMs, provider.shutdown());
    },
  };
}

function resourceOf({ serviceName, attributes }: TracingConfig, role: string) {
  const known = { 'service.name': serviceName, 'service.instance.id': randomUUID(), 'host.name': hostname(), 'process.pid': process.pid, 'download.role': role };
  return defaultResource().merge(resourceFromAttributes({ ...known, ...attributes }));
}

async function atMost(ms: number, work: Promise<unknown>): Promise<void> {
  const { promise: over, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, ms);
  await Promise.race([work.catch(() => {}), over]);
  clearTimeout(timer);
}

import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { defaultResource, resourceFromAttributes, type Resource } from '@opentelemetry/resources';
import { BatchSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import type { Log } from '../downloads/ports.ts';
import type { Tracing } from '../downloads/tracing.ts';
import { atMost } from './at-most.ts';
import { Entrance } from './entrance.ts';
import { PageSpans } from './page-spans.ts';
import { PlannedIds } from './planned-ids.ts';
import { RecordedTracing } from './recorded-tracing.ts';
import { SamplingById } from './sampling-by-id.ts';
import { ToldExporter } from './told-exporter.ts';
import type { TracingConfig } from './tracing-config.ts';

/** A collector that is dead costs the stop no more. */
const longestFarewellMs = 2000;
const exportTimeoutMs = 10_000;
/** What cannot be sent in time is dropped: memory does not grow with the absence of a collector, and pages leave the program its room. */
const room = { own: 4096, pages: 1024 };
const maxExportBatchSize = 512;
const spanLimits = { attributeValueLengthLimit: 256, attributeCountLimit: 32, linkCountLimit: 128, eventCountLimit: 16 };

const mostReleases = 16;

export interface OpenedTracing {
  readonly tracing: Tracing;
  readonly pageSpans: PageSpans;
  /** Sends what is over by now, as far as that is possible in a moment. */
  flush(): Promise<void>;
  /** Sends what is left, and then nothing more. */
  close(): Promise<void>;
}

/** What is known of this process. */
interface Self {
  readonly role: string;
  readonly version: string;
}

/** Begins to record. Nothing is sent by this: a collector that is away is tried again with the next spans. */
export function openTracing(config: TracingConfig, self: Self, log: Log): OpenedTracing {
  const { url, headers, sendEveryMs: scheduledDelayMillis } = config;
  const exporter = new ToldExporter(new OTLPTraceExporter({ url, headers, timeoutMillis: exportTimeoutMs }), log);
  const sampler = new SamplingById(config.sampling);
  const isChosen = (traceId: string) => sampler.isChosen(traceId);
  const gather = (maxQueueSize: number) =>
    new BatchSpanProcessor({ exporter, maxQueueSize, maxExportBatchSize, scheduledDelayMillis, exportTimeoutMillis: exportTimeoutMs });
  const [own, ofPages] = [gather(room.own), gather(room.pages)];
  const ids = new PlannedIds();
  const provider = new TracerProvider({ resource: resourceOf(config, self), sampler, idGenerator: ids, spanProcessors: [own], spanLimits });
  const entrance = new Entrance({ ...config.sampling, isChosen });
  const tracing = new RecordedTracing(provider.getTracer(config.serviceName), entrance, ids);
  const flush = () => Promise.allSettled([own.forceFlush(), ofPages.forceFlush()]);
  return {
    tracing,
    pageSpans: new PageSpans({ processor: ofPages, resourceOf: pageResources(config), isChosen }),
    flush: () => atMost(longestFarewellMs, flush()),
    async close() {
      tracing[Symbol.dispose]();
      await atMost(longestFarewellMs, flush().then(() => exporter.shutdown()));
    },
  };
}

function resourceOf({ serviceName, attributes }: TracingConfig, { role, version }: Self): Resource {
  const ofProcess = { 'service.instance.id': randomUUID(), 'host.name': hostname(), 'process.pid': process.pid };
  const known = { 'service.name': serviceName, 'service.version': version, ...ofProcess, 'download.role': role };
  return defaultResource().merge(resourceFromAttributes({ ...known, ...attributes }));
}

/** One for each release of the page, since spans are sent together by it; anybody may make releases up. */
function pageResources({ serviceName, attributes }: TracingConfig): (release: string | null) => Resource {
  const known = new Map<string | null, Resource>();
  return (release) => {
    const resource =
      known.get(release) ??
      resourceFromAttributes({ 'service.name': `${serviceName}-page`, ...(release === null ? {} : { 'service.version': release }), ...attributes });
    if (known.size < mostReleases) known.set(release, resource);
    return resource;
  };
}

import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { BatchSpanProcessor, type SpanProcessor } from '@opentelemetry/sdk-trace-web';
import { servicePaths } from '#shared/service-api.ts';

/**
 * Some 600 bytes each: all that waits fits into the 60 kB that a browser still sends for a page that is being closed.
 * More than that within a moment is dropped.
 */
const spansPerBatch = 32;
const mostWaiting = 64;
const everyMs = 5000;

/** Sends spans to this origin, which passes them on. */
export function exportSpans(): SpanProcessor {
  const url = new URL(servicePaths.traces, window.location.origin).href;
  const processor = new BatchSpanProcessor(new OTLPTraceExporter({ url }), {
    maxExportBatchSize: spansPerBatch,
    maxQueueSize: mostWaiting,
    scheduledDelayMillis: everyMs,
  });
  // The processor listens for it on the document, where it never comes.
  window.addEventListener('pagehide', () => void processor.forceFlush().catch(() => {}));
  return processor;
}

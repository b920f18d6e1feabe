import { Counter, Histogram, type Registry } from 'prom-client';
import type { OnAnswered } from '../http/watch-answer.ts';

const known = new Set(['GET', 'HEAD', 'POST', 'DELETE', 'OPTIONS', 'PUT', 'PATCH']);

/** Addresses that are none of ours; what strangers try must not become a label each. */
const noRoute = 'unmatched';

/** Counts what HTTP answers, as OpenTelemetry's conventions name it. Addresses are patterns, never jobs or people. */
export function answerMetrics(registry: Registry): OnAnswered {
  const duration = new Histogram({
    name: 'http_server_request_duration_seconds',
    help: 'Requests by method, pattern of the address and status, and how long each took. 499: whoever asked went away before the answer.',
    labelNames: ['http_request_method', 'http_route', 'http_response_status_code'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [registry],
  });
  // Added up between two looks: to find a counter by its labels costs more than to count, and every poll is counted.
  const sentSince = new Map<string, number>();
  const sent = new Counter({
    name: 'delineate_http_sent_bytes_total',
    help: 'Bytes sent over HTTP by this process, by pattern of the address. /objects are finished files.',
    labelNames: ['http_route'],
    registers: [registry],
    collect() {
      for (const [http_route, bytes] of sentSince) sent.inc({ http_route }, bytes);
      sentSince.clear();
    },
  });
  return ({ method, route, status, seconds, sentBytes }) => {
    const http_route = route ?? noRoute;
    duration.observe({ http_request_method: known.has(method) ? method : '_OTHER', http_route, http_response_status_code: status }, seconds);
    sentSince.set(http_route, (sentSince.get(http_route) ?? 0) + sentBytes);
  };
}

import { Counter, Histogram, type Registry } from 'prom-client';
import type { Answered } from '../http/watch-answers.ts';

const known = new Set(['GET', 'HEAD', 'POST', 'DELETE', 'OPTIONS', 'PUT', 'PATCH']);

/** Counts what HTTP answers, as OpenTelemetry's conventions name it. Addresses are patterns, never jobs or people. */
export function answerMetrics(registry: Registry): (answer: Answered) => void {
  const duration = new Histogram({
    name: 'http_server_request_duration_seconds',
    help: 'Requests by method, pattern of the address and status, and how long each took. 499: whoever asked went away before the answer.',
    labelNames: ['http_request_method', 'http_route', 'http_response_status_code'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [registry],
  });
  const sent = new Counter({
    name: 'delineate_http_sent_bytes_total',
    help: 'Bytes sent over HTTP by this process, by pattern of the address. /objects are finished files.',
    labelNames: ['http_route'],
    registers: [registry],
  });
  return ({ method, route, status, seconds, sentBytes }) => {
    const http_request_method = known.has(method) ? method : '_OTHER';
    duration.observe({ http_request_method, http_route: route, http_response_status_code: status }, seconds);
    sent.inc({ http_route: route }, sentBytes);
  };
}

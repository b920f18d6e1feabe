import type { RequestListener } from 'node:http';
import { Registry } from 'prom-client';
import type { Health } from '#shared/service-api.ts';
import type { Ports } from '../downloads/ports.ts';
import type { OnAnswered } from '../http/watch-answer.ts';
import { answerMetrics } from './answer-metrics.ts';
import { jobMetrics } from './job-metrics.ts';
import { processMetrics } from './process-metrics.ts';
import { sharedMetrics } from './shared-metrics.ts';
import { workMetrics } from './work-metrics.ts';

export interface Metrics {
  /** The same ports; what goes through them is counted. */
  readonly ports: Ports;
  readonly onAnswered: OnAnswered;
  /** Answers Prometheus at `/metrics`. */
  readonly listener: RequestListener;
}

/** Counts what this process does, for Prometheus. No label names a job, a person or a file. */
export function createMetrics(ports: Ports, about: { version: string; role: string }, health: (ports: Ports) => Promise<Health>): Metrics {
  const registry = new Registry();
  processMetrics(registry, about);
  const onAnswered = answerMetrics(registry);
  const work = workMetrics(registry);
  const watched = { ...ports, jobs: jobMetrics(registry)(ports.jobs), queue: work.queue(ports.queue), objects: work.objects(ports.objects) };
  const look = sharedMetrics(registry, () => health(ports));
  let latest = Promise.resolve('');
  // One after the other: what one who asks clears another would miss.
  const text = () => (latest = latest.catch(() => {}).then(() => look(ports)).then(() => registry.metrics()));
  return {
    ports: watched,
    onAnswered,
    listener: (req, res) => {
      const [path] = (req.url ?? '').split('?');
      if (path !== '/metrics') return void res.writeHead(404, { 'Content-Type': 'text/plain' }).end('Metrics are at /metrics.\n');
      if (req.method !== 'GET' && req.method !== 'HEAD') return void res.writeHead(405, { Allow: 'GET, HEAD' }).end();
      text().then(
        (metrics) => res.writeHead(200, { 'Content-Type': registry.contentType, 'Cache-Control': 'no-store' }).end(metrics),
        () => res.writeHead(500).end(),
      );
    },
  };
}

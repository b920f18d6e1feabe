import { collectDefaultMetrics, Gauge, type Registry } from 'prom-client';

/** Gauges that are named as if they were counters; Prometheus' own check takes offence, and nobody needs them. */
const misnamed = ['nodejs_active_handles_total', 'nodejs_active_requests_total', 'nodejs_active_resources_total'];

/** Memory, processor, garbage and the lag of the event loop, as prom-client names them, and which program it is. */
export function processMetrics(registry: Registry, { version, role }: { readonly version: string; readonly role: string }): void {
  collectDefaultMetrics({ register: registry });
  for (const name of misnamed) registry.removeSingleMetric(name);
  new Gauge({ name: 'delineate_build_info', help: 'Version and role of this process; always 1.', labelNames: ['version', 'role'], registers: [registry] }).set({ version, role }, 1);
}

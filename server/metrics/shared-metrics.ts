import { Gauge, type Registry } from 'prom-client';
import { priorities } from '#shared/job-status.ts';
import type { Health, HealthCheck } from '#shared/service-api.ts';
import type { Ports } from '../downloads/ports.ts';

/** A worker that was not heard for so long is taken for gone. */
const silentAfterMs = 30_000;
const states: readonly HealthCheck[] = ['ok', 'degraded', 'error'];

/** Said in the help of all that is a look at what all processes share. */
const shared = 'The same in every process: take the maximum over them, not the sum.';

/**
 * How it stands with what all processes share, looked at when Prometheus asks. What cannot be seen just now has no value,
 * rather than an old one.
 */
export function sharedMetrics(registry: Registry, health: () => Promise<Health>): (ports: Ports) => Promise<void> {
  const registers = [registry];
  const waiting = new Gauge({ name: 'delineate_queue_waiting_jobs', help: `Jobs that a worker could take, by priority. ${shared}`, labelNames: ['priority'], registers });
  const oldest = new Gauge({
    name: 'delineate_queue_oldest_waiting_age_seconds',
    help: `How long the job waits that could be taken the longest, by priority; 0 when none waits. ${shared}`,
    labelNames: ['priority'],
    registers,
  });
  const workers = new Gauge({ name: 'delineate_workers_heard', help: `Workers that were heard within 30 s. ${shared}`, registers });
  const slots = new Gauge({ name: 'delineate_workers_heard_slots', help: `Preparations that they do at a time, all together. ${shared}`, registers });
  const part = new Gauge({
    name: 'delineate_part_state',
    help: 'How each part is as this process sees it, as in /health: 1 for the state it is in.',
    labelNames: ['part', 'state'],
    registers,
  });

  const lookAtLine = async ({ jobs, now }: Pick<Ports, 'jobs' | 'now'>) => {
    const at = now();
    const line = await jobs.waitingByPriority(at);
    for (const priority of priorities) {
      const { jobs: count, since } = line[priority];
      waiting.set({ priority }, count);
      oldest.set({ priority }, since === null ? 0 : Math.max(0, at - since) / 1000);
    }
  };
  const lookAtWorkers = async ({ pulse, now }: Pick<Ports, 'pulse' | 'now'>) => {
    const heard = await pulse.heardSince(now() - silentAfterMs);
    workers.set(heard.workers);
    slots.set(heard.slots);
  };
  const lookAtParts = async () => {
    for (const [name, found] of Object.entries((await health()).checks)) {
      for (const state of states) part.set({ part: name, state }, state === found ? 1 : 0);
    }
  };
  return async (ports) => {
    for (const labelled of [waiting, oldest, part]) labelled.reset();
    for (const single of [workers, slots]) single.remove();
    await Promise.allSettled([lookAtLine(ports), lookAtWorkers(ports), lookAtParts()]);
  };
}

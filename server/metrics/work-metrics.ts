import { Counter, Gauge, type Registry } from 'prom-client';
import type { JobQueue, ObjectStore } from '../downloads/ports.ts';
import { overriding } from './overriding.ts';

/** Counts what the workers of this process have in hand, and what they store. */
export function workMetrics(registry: Registry) {
  const registers = [registry];
  const busy = new Gauge({ name: 'delineate_worker_busy_slots', help: 'Preparations that this process has in hand.', registers });
  const slots = new Gauge({ name: 'delineate_worker_slots', help: 'Preparations that this process does at a time at most.', registers });
  const stored = new Counter({ name: 'delineate_stored_bytes_total', help: 'Bytes of finished files that this process has stored.', registers });
  return {
    queue: (queue: JobQueue): JobQueue =>
      overriding(queue, {
        work(concurrency, handler) {
          slots.inc(concurrency);
          const stop = queue.work(concurrency, async (delivery) => {
            busy.inc();
            await handler(delivery).finally(() => busy.dec());
          });
          return async (graceMs) => {
            slots.dec(concurrency);
            await stop(graceMs);
          };
        },
      }),
    objects: (objects: ObjectStore): ObjectStore =>
      overriding(objects, {
        async write(...what) {
          const object = await objects.write(...what);
          stored.inc(object.size);
          return object;
        },
      }),
  };
}

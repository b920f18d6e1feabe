import { hostname } from 'node:os';
import { levelOf } from '../downloads/errors.ts';
import { jobFields } from '../downloads/job-fields.ts';
import { prepareDownload } from '../downloads/prepare-download.ts';
import type { Delivery, Ports } from '../downloads/ports.ts';
import { askAgainMs, storageGate } from './storage-gate.ts';
import { startSweeping } from './start-sweeping.ts';

export interface Worker {
  /** Takes nothing more, waits up to `graceMs` for what is in hand, then hands it back. */
  stop(graceMs: number): Promise<void>;
}

/**
 * Begins to take jobs and to sweep, and says every few seconds that it lives. It keeps silent while the line brings it
 * nothing although it should: others are not to count on it.
 */
export async function startWorker(ports: Ports): Promise<Worker> {
  const name = `${hostname()}-${process.pid}`;
  const sweeping = await startSweeping(ports);
  const isOpen = storageGate(ports);
  const beat = () => void sayAlive(ports, name);
  beat();
  const pulse = setInterval(beat, ports.policy.heartbeatMs);
  const stopWork = ports.queue.work(ports.policy.concurrency, async (delivery) => {
    if (await isOpen()) await prepareDownload(ports, name, delivery);
    else await comeBack(ports, delivery);
  });
  return {
    async stop(graceMs) {
      await Promise.all([sweeping.stop(), stopWork(graceMs)]);
      clearInterval(pulse);
    },
  };
}

async function sayAlive({ queue, pulse, policy, now, log }: Pick<Ports, 'queue' | 'pulse' | 'policy' | 'now' | 'log'>, name: string): Promise<void> {
  try {
    await queue.check();
    await pulse.beat(name, now(), policy.concurrency);
  } catch (error) {
    log.warn({ err: error }, 'no pulse');
  }
}

/** Storage is away: the job keeps its place and no attempt is used up. With the records away as well the sweep finds it. */
async function comeBack(ports: Ports, { jobId }: Delivery): Promise<void> {
  let known: object = { jobId };
  try {
    const job = await ports.jobs.find(jobId);
    if (!job) return;
    known = jobFields(job);
    await ports.queue.add({ jobId, place: job.place, notBefore: ports.now() + askAgainMs });
  } catch (error) {
    ports.log[levelOf(error)]({ ...known, err: error }, 'a job was not put back in line; the sweep will add it');
  }
}

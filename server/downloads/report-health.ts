import type { Health, HealthCheck } from '#shared/service-api.ts';
import { LineStandsStill } from './errors.ts';
import type { Ports } from './ports.ts';
import { silentAfterMs, waitingTimeMs } from './view-jobs.ts';

export type HealthPorts = Pick<Ports, 'jobs' | 'queue' | 'objects' | 'pulse' | 'policy' | 'now'>;

interface Finding {
  readonly check: HealthCheck;
  readonly reason: string | null;
}

const unknownLine: Health['line'] = { waiting: 0, etaSeconds: null };

const ok: Finding = { check: 'ok', reason: null };
const patienceMs = 1500;

/** What a process does for the others. */
export type Role = 'api' | 'worker' | 'all';

/** What each role cannot do its work without. With storage away the API still accepts jobs, which wait, and tells of them. */
const needs: Record<Role, readonly (keyof Health['checks'])[]> = {
  api: ['store', 'queue'],
  worker: ['store', 'queue', 'storage'],
  all: ['store', 'queue', 'storage'],
};

/** How every part is, each asked for at most 1.5 s. Unhealthy when this process cannot do what its role asks of it. */
export async function reportHealth(ports: HealthPorts, role: Role): Promise<Health> {
  const [store, queue, storage, worker] = await Promise.all([
    reach('The records', () => ports.jobs.check(), () => dangers(ports)),
    reach('The line', () => ports.queue.check()),
    reach('The storage', () => ports.objects.check(), () => roomLeft(ports)),
    reach('The workers', async () => {}, () => lastWord(ports)),
  ]);
  const findings = { api: ok, store, queue, storage, worker };
  const checks = { api: ok.check, store: store.check, queue: queue.check, storage: storage.check, worker: worker.check };
  const unhealthy = failingParts(checks, role).length > 0;
  return {
    status: unhealthy ? 'unhealthy' : 'healthy',
    checks,
    reasons: Object.values(findings).flatMap(({ reason }) => reason ?? []),
    line: unhealthy ? unknownLine : await describeLine(ports).catch(() => unknownLine),
  };
}

/** The parts for whose sake a process cannot do what its role asks of it. */
export function failingParts(checks: Health['checks'], role: Role): (keyof Health['checks'])[] {
  return needs[role].filter((part) => checks[part] === 'error');
}

async function reach(part: string, check: () => Promise<void>, look: () => Promise<Finding> = async () => ok): Promise<Finding> {
  const { promise: tooLate, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error('no answer')), patienceMs);
  try {
    return await Promise.race([check().then(look), tooLate]);
  } catch (error) {
    if (error instanceof LineStandsStill) return { check: 'error', reason: 'The line stands still: jobs wait, workers have room, and none is delivered.' };
    return { check: 'error', reason: `${part} cannot be reached.` };
  } finally {
    clearTimeout(timer);
  }
}

async function dangers({ jobs }: HealthPorts): Promise<Finding> {
  const found = (await jobs.dangers?.()) ?? [];
  return found.length === 0 ? ok : { check: 'degraded', reason: found.join(' ') };
}

async function roomLeft({ objects }: HealthPorts): Promise<Finding> {
  if (!objects.hasRoomFor || (await objects.hasRoomFor(0))) return ok;
  return { check: 'degraded', reason: 'Less than 5 % of the disk is free: nothing new is prepared.' };
}

async function lastWord({ pulse, now }: HealthPorts): Promise<Finding> {
  const { workers } = await pulse.heardSince(now() - silentAfterMs);
  if (workers > 0) return ok;
  return { check: 'degraded', reason: 'No worker was heard for 30 s: jobs wait in line.' };
}

async function describeLine(ports: HealthPorts): Promise<Health['line']> {
  const waiting = await ports.queue.waiting();
  const ms = waiting === 0 ? 0 : await waitingTimeMs(ports, waiting);
  return { waiting, etaSeconds: ms === null ? null : Math.ceil(ms / 1000) };
}

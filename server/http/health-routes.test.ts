import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { healthSchema, servicePaths } from '#shared/service-api.ts';
import { LineStandsStill, StoreUnavailable } from '../downloads/errors.ts';
import { StorageFault } from '../downloads/faults.ts';
import type { Ports } from '../downloads/ports.ts';
import type { Role } from '../downloads/report-health.ts';
import { aCluster } from '../testing/a-cluster.ts';
import { describeWith } from '../testing/describe-with.ts';
import { embeddedPorts } from '../testing/embedded-ports.ts';
import { createProbeApp } from './create-probe-app.ts';
import { newServer, startListening } from './start-listening.ts';

/** What a worker answers whose ports are broken like this. */
async function aWorker(broken: { [Part in keyof Ports]?: Partial<Ports[Part]> } = {}, isDraining = false) {
  const ports = await embeddedPorts();
  await ports.pulse.beat('w', Date.now(), 1);
  for (const [part, methods] of Object.entries(broken)) Object.assign(ports[part as keyof Ports], methods);
  const { address, close } = await startListening(newServer(ports.log), createProbeApp(ports, () => isDraining, null), 0, '127.0.0.1');
  onTestFinished(() => close(0));
  const ask = async (path: string) => {
    const answer = await fetch(address + path);
    return { status: answer.status, body: await answer.json() };
  };
  return { live: () => ask(servicePaths.live), ready: () => ask(servicePaths.ready), health: () => ask(servicePaths.health) };
}

const fails = (reason: Error) => () => Promise.reject(reason);
const away = new StoreUnavailable(new Error('connect ECONNREFUSED 10.0.0.7:6379'));

describe('readiness', () => {
  it('ends with the draining, and liveness does not', async () => {
    const worker = await aWorker({}, true);
    expect(await worker.ready()).toEqual({ status: 503, body: { status: 'draining' } });
    expect(await worker.live()).toEqual({ status: 200, body: { status: 'live' } });
  });

  it.each<[string, Parameters<typeof aWorker>[0], string]>([
    ['store', { jobs: { check: fails(away) } }, 'The records cannot be reached.'],
    ['queue', { queue: { check: fails(away) } }, 'The line cannot be reached.'],
    ['queue', { queue: { check: fails(new LineStandsStill()) } }, 'The line stands still: jobs wait, workers have room, and none is delivered.'],
    ['storage', { objects: { check: fails(new StorageFault('storage-unavailable', 'away')) } }, 'The storage cannot be reached.'],
    ['store', { jobs: { check: () => new Promise(() => {}) } }, 'The records cannot be reached.'],
  ])('names the part that fails, %s, and health says how: %j', async (part, broken, reason) => {
    const worker = await aWorker(broken);
    expect(await worker.ready()).toEqual({ status: 503, body: { status: 'not ready', failing: [part] } });
    expect(await worker.live()).toEqual({ status: 200, body: { status: 'live' } });
    const { status, body } = await worker.health();
    expect([status, healthSchema.parse(body)]).toMatchObject([503, { status: 'unhealthy', checks: { [part]: 'error' }, reasons: [reason] }]);
    expect(JSON.stringify(body)).not.toContain('10.0.0.7');
  });

  it('is not lost with what only endangers', async () => {
    const worker = await aWorker({ objects: { hasRoomFor: async () => false }, pulse: { heardSince: async () => ({ workers: 0, slots: 0 }) } });
    expect((await worker.ready()).status).toBe(200);
    expect((await worker.health()).body).toMatchObject({ status: 'healthy', checks: { storage: 'degraded', worker: 'degraded' } });
  });
});

describeWith('redis-server', 'with a Redis that keeps its connections and answers nothing', () => {
  it.each<Exclude<Role, 'all'>>(['api', 'worker'])('%s: the process lives, is not ready, and says that it is the records and the line', { timeout: 60_000 }, async (role) => {
    const cluster = await aCluster();
    const program = await cluster[role]();
    await vi.waitFor(async () => expect((await program.fetch(servicePaths.ready)).status).toBe(200), { timeout: 20_000 });
    cluster.line.swallow();
    await vi.waitFor(async () => {
      const ready = await program.fetch(servicePaths.ready);
      expect([ready.status, await ready.json()]).toEqual([503, { status: 'not ready', failing: ['store', 'queue'] }]);
    }, { timeout: 20_000 });
    expect((await program.fetch(servicePaths.live)).status).toBe(200);
  });
});

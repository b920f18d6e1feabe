import type { Server } from 'node:http';
import express, { type RequestHandler } from 'express';
import { compose, type Composition } from './compose.ts';
import type { Config } from './config.ts';
import type { Log, Ports } from './downloads/ports.ts';
import { reportHealth } from './downloads/report-health.ts';
import { createApp } from './http/create-app.ts';
import { createProbeApp } from './http/create-probe-app.ts';
import type { Dashboard } from './http/dashboard-routes.ts';
import { newServer, startListening } from './http/start-listening.ts';
import type { Metrics } from './metrics/create-metrics.ts';
import { programVersion } from './program-version.ts';
import { startWorker } from './worker/start-worker.ts';

export interface Program {
  /** Where it listens, such as `http://localhost:3000`; null for a worker that was given no port. */
  readonly address: string | null;
  /** Where Prometheus is answered; null for nowhere. */
  readonly metricsAddress: string | null;
  /** Sends what is told of what is over by now, as far as that is possible in a moment: for a process that must end at once. */
  flushTraces(): Promise<void>;
  /**
   * Stops in the order of the flow: no new connections and `ready` says no, then the work, up to `graceMs`, then what
   * both stand on.
   */
  stop(graceMs: number): Promise<void>;
}

type OpenDashboard = (server: Server) => Promise<Dashboard | null>;

/** One thing that runs, and how it ends. */
interface Part {
  stop(graceMs: number): Promise<void>;
}

/** Starts what the role asks of this process. Rejects when a port or the data folder is taken. */
export async function startProgram(config: Config, log: Log, openDashboard: OpenDashboard): Promise<Program> {
  await using opened = new AsyncDisposableStack();
  const composed = opened.adopt(await compose(config, log), (composition) => composition.close());
  const metrics = config.metrics && (await openMetrics(config, config.metrics, composed.ports, log));
  // Asked until the last job in hand has ended.
  if (metrics) opened.defer(() => metrics.close(0));
  const composition = metrics ? { ...composed, ports: metrics.ports } : composed;
  const parts: Part[] = [];
  opened.defer(async () => void (await Promise.all(parts.map((part) => part.stop(0)))));
  const entrance = config.port === null ? null : await openEntrance(config, config.port, composition, metrics?.onAnswered ?? null, openDashboard);
  if (entrance) parts.push(entrance);
  if (config.admin && composition.queueBoard) parts.push(await openBoard(config.admin, composition.queueBoard, log));
  if (config.role !== 'api') parts.push(await startWorker(composition.ports));
  await warnOfDangers(composition, log);
  const address = entrance?.address ?? null;
  log.info({ address, role: config.role, ...composition.description }, address ? `Delineate Downloads is at ${address}` : 'Delineate Downloads works');
  const standsOn = opened.move();
  return {
    address,
    metricsAddress: metrics?.address ?? null,
    flushTraces: () => composition.flushTraces(),
    async stop(graceMs) {
      await Promise.all(parts.splice(0).map((part) => part.stop(graceMs)));
      await standsOn.disposeAsync();
    },
  };
}

/** The page and the API, or for a worker alone what probes ask. */
async function openEntrance(
  config: Config,
  port: number,
  { ports, objectRoutes, pageSpans }: Composition,
  onAnswered: Metrics['onAnswered'] | null,
  openDashboard: OpenDashboard,
) {
  const server = newServer(ports.log);
  let draining = false;
  const isDraining = () => draining;
  const { role, publicUrl, trustedProxies, page } = config;
  const dashboard = role === 'worker' ? null : await openDashboard(server);
  const app =
    role === 'worker'
      ? createProbeApp(ports, isDraining, onAnswered)
      : createApp(ports, { role, publicUrl, trustedProxies, page, isDraining, objects: objectRoutes, pageSpans, dashboard: dashboard?.routes ?? null, onAnswered });
  try {
    const listening = await startListening(server, app, port, config.host);
    return {
      address: listening.address,
      async stop(graceMs: number) {
        draining = true;
        await Promise.all([dashboard?.close(), listening.close(graceMs)]);
      },
    };
  } catch (error) {
    await dashboard?.close();
    throw error;
  }
}

async function openBoard({ port, host }: NonNullable<Config['admin']>, queueBoard: RequestHandler, log: Log): Promise<Part> {
  const app = express();
  app.disable('x-powered-by');
  app.use(queueBoard);
  const { address, close } = await startListening(newServer(log), app, port, host);
  log.info({ admin: address }, 'operators see the line here');
  return { stop: close };
}

/** Counts from here on, and answers Prometheus. What it takes is loaded where it is asked for. */
async function openMetrics({ role }: Config, { port, host }: NonNullable<Config['metrics']>, ports: Ports, log: Log) {
  const { createMetrics } = await import('./metrics/create-metrics.ts');
  const { listener, ...counted } = createMetrics(ports, { version: programVersion(), role }, (asked) => reportHealth(asked, role));
  const { address, close } = await startListening(newServer(log), listener, port, host);
  log.info({ metrics: `${address}/metrics` }, 'Prometheus is answered here');
  return { ...counted, address, close };
}

/** Said again by `/health`, but here is where somebody looks who has just set it up. */
async function warnOfDangers({ ports: { jobs } }: Composition, log: Log): Promise<void> {
  try {
    for (const danger of (await jobs.dangers?.()) ?? []) log.warn({}, danger);
  } catch (error) {
    log.warn({ err: error }, 'the records cannot be reached yet');
  }
}

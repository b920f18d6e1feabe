import type { Server } from 'node:http';
import express, { type RequestHandler } from 'express';
import { compose, type Composition } from './compose.ts';
import type { Config } from './config.ts';
import type { Log } from './downloads/ports.ts';
import { createApp } from './http/create-app.ts';
import { createProbeApp } from './http/create-probe-app.ts';
import type { Dashboard } from './http/dashboard-routes.ts';
import { newServer, startListening } from './http/start-listening.ts';
import { startWorker } from './worker/start-worker.ts';

export interface Program {
  /** Where it listens, such as `http://localhost:3000`; null for a worker that was given no port. */
  readonly address: string | null;
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
  const composition = opened.adopt(await compose(config, log), (composed) => composed.close());
  const parts: Part[] = [];
  opened.defer(async () => void (await Promise.all(parts.map((part) => part.stop(0)))));
  const entrance = config.port === null ? null : await openEntrance(config, config.port, composition, openDashboard);
  if (entrance) parts.push(entrance);
  if (config.admin && composition.queueBoard) parts.push(await openBoard(config.admin, composition.queueBoard, log));
  if (config.role !== 'api') parts.push(await startWorker(composition.ports));
  await warnOfDangers(composition, log);
  const address = entrance?.address ?? null;
  log.info({ address, role: config.role, ...composition.description }, address ? `Delineate Downloads is at ${address}` : 'Delineate Downloads works');
  const standsOn = opened.move();
  return {
    address,
    async stop(graceMs) {
      await Promise.all(parts.splice(0).map((part) => part.stop(graceMs)));
      await standsOn.disposeAsync();
    },
  };
}

/** The page and the API, or for a worker alone what probes ask. */
async function openEntrance(config: Config, port: number, { ports, objectRoutes }: Composition, openDashboard: OpenDashboard) {
  const server = newServer();
  let draining = false;
  const isDraining = () => draining;
  const { role, publicUrl, page } = config;
  const dashboard = role === 'worker' ? null : await openDashboard(server);
  const app =
    role === 'worker'
      ? createProbeApp(ports, isDraining)
      : createApp(ports, { role, publicUrl, page, isDraining, objects: objectRoutes, dashboard: dashboard?.routes ?? null });
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
  const { address, close } = await startListening(newServer(), app, port, host);
  log.info({ admin: address }, 'operators see the line here');
  return { stop: close };
}

/** Said again by `/health`, but here is where somebody looks who has just set it up. */
async function warnOfDangers({ ports: { jobs } }: Composition, log: Log): Promise<void> {
  try {
    for (const danger of (await jobs.dangers?.()) ?? []) log.warn({}, danger);
  } catch (error) {
    log.warn({ err: error }, 'the records cannot be reached yet');
  }
}

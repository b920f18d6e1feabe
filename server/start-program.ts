import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { compose } from './compose.ts';
import type { Config } from './config.ts';
import type { Log } from './downloads/ports.ts';
import { createApp } from './http/create-app.ts';
import type { Dashboard } from './http/dashboard-routes.ts';
import { refuseUnreadable } from './http/refuse-unreadable.ts';
import { startWorker } from './worker/start-worker.ts';

export interface Program {
  /** Where it listens, such as `http://localhost:3000`. */
  readonly address: string;
  /**
   * Stops in the order of the flow: no new connections and `ready` says no, then the work, up to `graceMs`, then what
   * both stand on.
   */
  stop(graceMs: number): Promise<void>;
}

/** Starts API and worker in this process. Rejects when the port or the data folder is taken. */
export async function startProgram(
  config: Config,
  log: Log,
  openDashboard: (server: Server) => Promise<Dashboard | null>,
): Promise<Program> {
  await using opened = new AsyncDisposableStack();
  const composition = opened.adopt(await compose(config, log), (composed) => composed.close());
  const server = createServer({ requestTimeout: 30_000, headersTimeout: 15_000, keepAliveTimeout: 75_000 });
  refuseUnreadable(server);
  let draining = false;
  const dashboard = opened.adopt(await openDashboard(server), (open) => open?.close());
  const app = createApp(composition.ports, {
    publicUrl: config.publicUrl,
    isDraining: () => draining,
    objects: composition.objectRoutes,
    dashboard: dashboard?.routes ?? null,
  });
  server.on('request', app);
  await listen(server, config);
  const worker = await startWorker(composition.ports);
  const address = addressOf(server, config);
  log.info({ address, ...composition.description }, `Delineate Downloads is at ${address}`);
  const standsOn = opened.move();
  return {
    address,
    async stop(graceMs) {
      draining = true;
      await Promise.all([dashboard?.close(), closeServer(server, graceMs), worker.stop(graceMs)]);
      await standsOn.disposeAsync();
    },
  };
}

/** Takes no new connections, lets the answers under way end for up to `graceMs`, and cuts off what is left. */
async function closeServer(server: Server, graceMs: number): Promise<void> {
  const cutOff = setTimeout(() => server.closeAllConnections(), graceMs);
  // A connection that is kept alive would otherwise hold the stop up after its last answer.
  const hangUp = setInterval(() => server.closeIdleConnections(), 100);
  await new Promise((resolve) => server.close(resolve));
  clearTimeout(cutOff);
  clearInterval(hangUp);
}

async function listen(server: Server, { port, host }: Config): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

function addressOf(server: Server, { host }: Config): string {
  const { port } = server.address() as AddressInfo;
  const name = host === '127.0.0.1' || host === '0.0.0.0' || host === '::' ? 'localhost' : host;
  return `http://${name.includes(':') ? `[${name}]` : name}:${port}`;
}

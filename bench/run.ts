import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { cpus, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { downloadPaths } from '#shared/download-api.ts';
import { compose } from '../server/compose.ts';
import { readConfig } from '../server/config.ts';
import { createApp } from '../server/http/create-app.ts';
import { createLog } from '../server/telemetry/create-log.ts';
import { bareServer } from './bare-server.ts';
import { jobsToPoll } from './jobs-to-poll.ts';
import type { LoadReport } from './load.ts';
import { inWords, measureLoad, median } from './measure-load.ts';

const connections = 32;
const warmUpMs = 3000;
const roundMs = 3000;
const rounds = 5;

/**
 * Status polls a second through the ordinary route, with all its middleware and the real stores, beside a bare `node:http`
 * server that answers the same bytes. Both take turns in this process; the load comes from another one.
 */
const dataDir = await mkdtemp(join(tmpdir(), 'downloads-bench-'));
const config = readConfig({ DATA_DIR: dataDir });
const composition = await compose(config, createLog(config.logLevel));
const { ports, objectRoutes: objects } = composition;
const app = createApp(ports, { role: 'all', publicUrl: null, trustedProxies: [], page: config.page, isDraining: () => false, objects, pageSpans: null, dashboard: null, onAnswered: null });
const paths = (await jobsToPoll(ports)).map((jobId) => downloadPaths.status(jobId));

const service = await listening(createServer(app));
const bare = await listening(await bareServer(`http://127.0.0.1:${portOf(service)}`, paths));
const loader = fork(resolve(import.meta.dirname, 'load.ts'));

for (const server of [service, bare]) await measure(server, warmUpMs);
const ours: LoadReport[] = [];
const theirs: LoadReport[] = [];
for (let round = 0; round < rounds; round++) {
  ours.push(await measure(service, roundMs));
  theirs.push(await measure(bare, roundMs));
}

loader.disconnect();
for (const server of [service, bare]) server.close().closeAllConnections();
await composition.close();
await rm(dataDir, { recursive: true, force: true });
report();

function measure(server: Server, forMs: number): Promise<LoadReport> {
  return measureLoad(loader, { port: portOf(server), paths, connections, forMs });
}

function report(): void {
  const own = median(ours);
  const other = median(theirs);
  const lines = [
    `Status polls, ${connections} connections kept alive, ${rounds} rounds of ${roundMs / 1000} s in turn, medians`,
    `Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}`,
    `  this service     ${inWords(own)}`,
    `  bare node:http   ${inWords(other)}`,
    `  ratio            ${(own.perSecond / other.perSecond).toFixed(2)}`,
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}

async function listening(server: Server): Promise<Server> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}

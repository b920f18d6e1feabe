import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

export interface Upstream {
  readonly address: string;
  /** What it was asked so far. */
  readonly requests: IncomingMessage[];
  /** Connections that are open just now. */
  openConnections(): Promise<number>;
  stop(): Promise<void>;
}

/** A stranger's service on a free port, which answers as the test says; it ends with the test. */
export async function startUpstream(answer: RequestListener, { port = 0 } = {}): Promise<Upstream> {
  const requests: IncomingMessage[] = [];
  const server = createServer((req, res) => {
    requests.push(req);
    answer(req, res);
  }).listen(port, '127.0.0.1');
  await once(server, 'listening');
  let stopped: Promise<void> | undefined;
  const stop = () => {
    stopped ??= new Promise((resolve) => server.close(() => resolve()));
    server.closeAllConnections();
    return stopped;
  };
  onTestFinished(stop);
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    openConnections: () => new Promise((resolve, reject) => server.getConnections((error, count) => (error ? reject(error) : resolve(count)))),
    stop,
  };
}

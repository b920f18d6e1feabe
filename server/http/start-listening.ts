import { createServer, type RequestListener, type Server } from 'node:http';
import { Server as TcpServer, type AddressInfo } from 'node:net';
import type { Log } from '../downloads/ports.ts';
import { refuseUnreadable } from './refuse-unreadable.ts';

/** How long a connection without a request may stay open while closing: whoever holds it may be sending one just now. */
const lastRequestMs = 1000;

export interface Listening {
  /** Such as `http://localhost:3000`. */
  readonly address: string;
  /** Takes no new connections, lets the answers under way end for up to `graceMs`, and cuts off what is left. */
  readonly close: (graceMs: number) => Promise<void>;
}

export function newServer(log: Log): Server {
  // Without a Host a request gets a problem like any other, which Node would not give it.
  const server = createServer({ requestTimeout: 30_000, headersTimeout: 15_000, keepAliveTimeout: 75_000, requireHostHeader: false });
  refuseUnreadable(server, log);
  return server;
}

/** Lets the server answer at an address; port 0 takes any free one. Rejects when it is taken. */
export async function startListening(server: Server, answer: RequestListener, port: number, host: string): Promise<Listening> {
  let closing = false;
  const take: RequestListener = (req, res) => {
    // Whoever keeps the connection, a proxy for one, hears that this was its last request.
    if (closing) res.shouldKeepAlive = false;
    answer(req, res);
  };
  server.on('request', take);
  // What is expected beyond 100-continue may be left unheeded (RFC 9110, 10.1.1); Node would answer in its own words.
  server.on('checkExpectation', take);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
  return {
    address: addressOf(server, host),
    close(graceMs) {
      closing = true;
      return closeServer(server, graceMs);
    },
  };
}

async function closeServer(server: Server, graceMs: number): Promise<void> {
  // Not the `close` of HTTP, which at once hangs up on idle connections, and a request may be on its way there.
  const closed = new Promise((resolve) => TcpServer.prototype.close.call(server, resolve));
  const cutOff = setTimeout(() => server.closeAllConnections(), graceMs);
  let hangUp: NodeJS.Timeout | undefined;
  const patience = setTimeout(() => {
    // A connection that is kept alive would otherwise hold the stop up after its last answer.
    hangUp = setInterval(() => server.closeIdleConnections(), 100);
  }, Math.min(graceMs, lastRequestMs));
  await closed;
  clearTimeout(cutOff);
  clearTimeout(patience);
  clearInterval(hangUp);
}

function addressOf(server: Server, host: string): string {
  const { port } = server.address() as AddressInfo;
  const name = host === '127.0.0.1' || host === '0.0.0.0' || host === '::' ? 'localhost' : host;
  return `http://${name.includes(':') ? `[${name}]` : name}:${port}`;
}

import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** One end may have said all it has to say while the other goes on. */
const untilBothEnd = { allowHalfOpen: true };

/** One connection through the proxy. */
interface Pair {
  readonly client: Socket;
  readonly server: Socket;
  isDead: boolean;
}

/**
 * A TCP proxy on a loopback port that passes everything on, until it is told to behave as broken networks do. A
 * connection that was swallowed stays dead, as behind a router that forgot it; a new one is treated as was told by then.
 */
export class SwallowingProxy implements AsyncDisposable {
  readonly #targetPort: number;
  readonly #pairs = new Set<Pair>();
  #port = 0;
  #listener: Server | null = null;
  #swallows = false;

  private constructor(targetPort: number) {
    this.#targetPort = targetPort;
  }

  /** In front of a port of the loopback interface. */
  static async before(targetPort: number): Promise<SwallowingProxy> {
    const proxy = new SwallowingProxy(targetPort);
    await proxy.pass();
    return proxy;
  }

  get port(): number {
    return this.#port;
  }

  /** New connections pass. */
  async pass(): Promise<void> {
    this.#swallows = false;
    if (this.#listener) return;
    this.#listener = createServer(untilBothEnd, (client) => this.#take(client)).listen(this.#port, '127.0.0.1');
    await once(this.#listener, 'listening');
    this.#port = (this.#listener.address() as AddressInfo).port;
  }

  /** Every byte on every connection disappears from now on, and so does the news that an end has closed. */
  swallow(): void {
    this.#swallows = true;
    for (const pair of this.#pairs) kill(pair);
  }

  /** All connections end, and new ones are refused. */
  async refuse(): Promise<void> {
    const closed = this.#listener && once(this.#listener.close(), 'close');
    this.#listener = null;
    this.cut();
    await closed;
  }

  /** All connections end in the middle of whatever they say. New ones are possible as before. */
  cut(): void {
    for (const { client, server } of this.#pairs) {
      client.resetAndDestroy();
      server.resetAndDestroy();
    }
    this.#pairs.clear();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.refuse();
  }

  #take(client: Socket): void {
    const server = connect({ ...untilBothEnd, port: this.#targetPort, host: '127.0.0.1' });
    const pair = { client, server, isDead: false };
    this.#pairs.add(pair);
    join(pair);
    if (this.#swallows) kill(pair);
  }
}

function join(pair: Pair): void {
  const { client, server } = pair;
  client.pipe(server).pipe(client);
  for (const end of [client, server]) {
    end.on('error', () => {});
    end.on('close', () => {
      if (!pair.isDead) (end === client ? server : client).destroy();
    });
  }
}

function kill(pair: Pair): void {
  pair.isDead = true;
  for (const end of [pair.client, pair.server]) end.unpipe().resume();
}

import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** Deals with one request, whose body has come; one that does not answer keeps the sender waiting. */
type Take = (req: IncomingMessage, res: ServerResponse, body: string) => void;

/** An HTTP server on a loopback port that stands for somebody who is sent something, and wakes those who wait for it. */
export class LoopbackReceiver implements AsyncDisposable {
  readonly #server: Server;
  #news = Promise.withResolvers<void>();

  private constructor(take: Take) {
    this.#server = createServer((req, res) => void this.#receive(take, req, res));
  }

  /** Waits until it listens. */
  static async start(take: Take, port = 0): Promise<LoopbackReceiver> {
    const receiver = new LoopbackReceiver(take);
    receiver.#server.listen(port, '127.0.0.1');
    await once(receiver.#server, 'listening');
    return receiver;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** Resolves with what `find` gives, once it is neither null nor undefined nor false. */
  async until<Found>(find: () => Found | null | undefined | false): Promise<Found> {
    for (;;) {
      const found = find();
      if (found !== null && found !== undefined && found !== false) return found;
      await this.#news.promise;
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  async #receive(take: Take, req: IncomingMessage, res: ServerResponse): Promise<void> {
    take(req, res, await text(req).catch(() => ''));
    this.#news.resolve();
    this.#news = Promise.withResolvers();
  }
}

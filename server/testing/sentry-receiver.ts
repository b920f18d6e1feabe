import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { parseEnvelope, type Event } from '@sentry/core';

/** Stands where Sentry would: takes envelopes from programs and from pages of other origins, on a loopback port. */
export class SentryReceiver implements AsyncDisposable {
  readonly #server: Server;
  /** Errors, and what people said of them (`type: 'feedback'`), in the order of their coming. */
  readonly events: Event[] = [];
  /** What came that was no envelope of ours. */
  readonly complaints: string[] = [];
  /** All that was sent, as it came. */
  readonly bodies: string[] = [];
  #news = Promise.withResolvers<void>();

  private constructor() {
    this.#server = createServer((req, res) => void this.#receive(req, res));
  }

  /** Waits until it listens. */
  static async start(): Promise<SentryReceiver> {
    const receiver = new SentryReceiver();
    receiver.#server.listen(0, '127.0.0.1');
    await once(receiver.#server, 'listening');
    return receiver;
  }

  /** What `SENTRY_DSN` or `BROWSER_SENTRY_DSN` is to be. */
  get dsn(): string {
    return `http://key@127.0.0.1:${(this.#server.address() as AddressInfo).port}/1`;
  }

  /** Resolves with the first event for which this holds. */
  async until(holds: (event: Event) => boolean): Promise<Event> {
    for (;;) {
      const found = this.events.find(holds);
      if (found) return found;
      await this.#news.promise;
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  async #receive(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const body = await text(req).catch(() => '');
    this.bodies.push(body);
    const complaint = this.#take(req, body);
    if (complaint !== null) this.complaints.push(complaint);
    res.writeHead(complaint === null ? 200 : 400, { 'Content-Type': 'application/json', 'Access-Control-Allow-Origin': '*' }).end('{}');
    this.#news.resolve();
    this.#news = Promise.withResolvers();
  }

  #take({ method, url = '', headers }: IncomingMessage, body: string): string | null {
    const { pathname, searchParams } = new URL(url, 'http://receiver');
    if (method !== 'POST' || pathname !== '/api/1/envelope/') return `${method} ${pathname}`;
    const key = searchParams.get('sentry_key') ?? /sentry_key=(\w+)/.exec(String(headers['x-sentry-auth']))?.[1];
    if (key !== 'key') return `the key ${key}`;
    try {
      for (const [{ type }, payload] of parseEnvelope(body)[1]) if (type === 'event' || type === 'feedback') this.events.push(payload as Event);
      return null;
    } catch (error) {
      return String(error);
    }
  }
}

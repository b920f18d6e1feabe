import type { IncomingMessage, ServerResponse } from 'node:http';
import { parseEnvelope, type Event } from '@sentry/core';
import { LoopbackReceiver } from './loopback-receiver.ts';

/** Stands where Sentry would: takes envelopes from programs and from pages of other origins, on a loopback port. */
export class SentryReceiver implements AsyncDisposable {
  /** Errors, and what people said of them (`type: 'feedback'`), in the order of their coming. */
  readonly events: Event[] = [];
  /** What came that was no envelope of ours. */
  readonly complaints: string[] = [];
  /** All that was sent, as it came. */
  readonly bodies: string[] = [];
  #at: LoopbackReceiver | undefined;

  private constructor() {}

  /** Waits until it listens. */
  static async start(): Promise<SentryReceiver> {
    const receiver = new SentryReceiver();
    receiver.#at = await LoopbackReceiver.start((...request) => receiver.#receive(...request));
    return receiver;
  }

  /** What `SENTRY_DSN` or `BROWSER_SENTRY_DSN` is to be. */
  get dsn(): string {
    return `http://key@127.0.0.1:${this.#at!.port}/1`;
  }

  /** Resolves with the first event for which this holds. */
  until(holds: (event: Event) => boolean): Promise<Event> {
    return this.#at!.until(() => this.events.find(holds));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#at![Symbol.asyncDispose]();
  }

  #receive(req: IncomingMessage, res: ServerResponse, body: string): void {
    this.bodies.push(body);
    const complaint = this.#take(req, body);
    if (complaint !== null) this.complaints.push(complaint);
    res.writeHead(complaint === null ? 200 : 400, { 'Content-Type': 'application/json', 'Access-Control-Allow-Origin': '*' }).end('{}');
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

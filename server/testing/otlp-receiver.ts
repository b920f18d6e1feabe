import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { exportRequestSchema, type OtlpAttributes, type OtlpSpan } from './otlp-schema.ts';

type Facts = Readonly<Record<string, string | number | boolean>>;

/** A span as it arrived, with what its sender says of itself. */
export interface ReceivedSpan extends Omit<OtlpSpan, 'attributes'> {
  readonly attributes: Facts;
  readonly resource: Facts;
}

/** How it treats what it is sent. */
type Manner = 'take' | 'refuse' | 'stay silent';

/** Stands where a collector would: takes OTLP over HTTP as JSON, on a loopback port, and nothing that breaks the specification. */
export class OtlpReceiver implements AsyncDisposable {
  readonly #server: Server;
  readonly spans: ReceivedSpan[] = [];
  /** What was wrong with requests that were not taken. */
  readonly complaints: string[] = [];
  /** Of every request, in order. */
  readonly requests: { readonly headers: IncomingHttpHeaders; readonly body: string }[] = [];
  manner: Manner = 'take';
  #news = Promise.withResolvers<void>();

  private constructor() {
    this.#server = createServer((req, res) => void this.#receive(req, res));
  }

  /** Waits until it listens. */
  static async start(port = 0): Promise<OtlpReceiver> {
    const receiver = new OtlpReceiver();
    receiver.#server.listen(port, '127.0.0.1');
    await once(receiver.#server, 'listening');
    return receiver;
  }

  /** What `OTEL_EXPORTER_OTLP_ENDPOINT` is to be. */
  get endpoint(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Resolves with what `find` gives, once it is neither null nor undefined nor false. */
  async until<Found>(find: (spans: readonly ReceivedSpan[]) => Found | null | undefined | false): Promise<Found> {
    for (;;) {
      const found = find(this.spans);
      if (found !== null && found !== undefined && found !== false) return found;
      await this.#news.promise;
    }
  }

  /** Every span of one trace. */
  ofTrace(traceId: string): ReceivedSpan[] {
    return this.spans.filter((span) => span.traceId === traceId);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  async #receive(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const body = await text(req).catch(() => '');
    this.requests.push({ headers: req.headers, body });
    if (this.manner === 'take') this.#take(req, res, body);
    if (this.manner === 'refuse') res.writeHead(503).end();
    this.#news.resolve();
    this.#news = Promise.withResolvers();
  }

  #take(req: IncomingMessage, res: ServerResponse, body: string): void {
    const complaint = this.#complaintAbout(req, body);
    if (complaint !== null) this.complaints.push(complaint);
    res.writeHead(complaint === null ? 200 : 400, { 'Content-Type': 'application/json' }).end('{"partialSuccess":{}}');
  }

  #complaintAbout({ method, url, headers }: IncomingMessage, body: string): string | null {
    if (method !== 'POST' || url !== '/v1/traces') return `${method} ${url}`;
    if (!headers['content-type']?.startsWith('application/json')) return `content type ${headers['content-type']}`;
    try {
      const request = exportRequestSchema.parse(JSON.parse(body));
      for (const { resource, scopeSpans } of request.resourceSpans) {
        for (const { spans } of scopeSpans) this.spans.push(...spans.map((span) => received(span, resource.attributes)));
      }
      return null;
    } catch (error) {
      return String(error);
    }
  }
}

function received(span: OtlpSpan, resource: OtlpAttributes): ReceivedSpan {
  return { ...span, attributes: plain(span.attributes), resource: plain(resource) };
}

function plain(attributes: OtlpAttributes): Facts {
  return Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0] as Facts[string]]));
}

import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { LoopbackReceiver } from './loopback-receiver.ts';
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
  readonly spans: ReceivedSpan[] = [];
  /** What was wrong with requests that were not taken. */
  readonly complaints: string[] = [];
  /** Of every request, in order. */
  readonly requests: { readonly headers: IncomingHttpHeaders; readonly body: string }[] = [];
  manner: Manner = 'take';
  #at: LoopbackReceiver | undefined;

  private constructor() {}

  /** Waits until it listens. */
  static async start(port = 0): Promise<OtlpReceiver> {
    const receiver = new OtlpReceiver();
    receiver.#at = await LoopbackReceiver.start((...request) => receiver.#receive(...request), port);
    return receiver;
  }

  /** What `OTEL_EXPORTER_OTLP_ENDPOINT` is to be. */
  get endpoint(): string {
    return `http://127.0.0.1:${this.#at!.port}`;
  }

  /** Resolves with what `find` gives, once it is neither null nor undefined nor false. */
  until<Found>(find: (spans: readonly ReceivedSpan[]) => Found | null | undefined | false): Promise<Found> {
    return this.#at!.until(() => find(this.spans));
  }

  /** Every span of one trace. */
  ofTrace(traceId: string): ReceivedSpan[] {
    return this.spans.filter((span) => span.traceId === traceId);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#at![Symbol.asyncDispose]();
  }

  #receive(req: IncomingMessage, res: ServerResponse, body: string): void {
    this.requests.push({ headers: req.headers, body });
    if (this.manner === 'take') this.#take(req, res, body);
    if (this.manner === 'refuse') res.writeHead(503).end();
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

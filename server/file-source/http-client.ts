import type { Readable } from 'node:stream';
import { Agent } from 'undici';
import { telling, type Call } from '../calls.ts';
import { SourceFault } from '../downloads/faults.ts';
import { headerOf, type HttpHeaders } from './http-headers.ts';
import { isRedirect, redirectTarget } from './http-redirect.ts';

/** An answer that is no redirect. Whoever has it reads its body or destroys it. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: HttpHeaders;
  readonly body: Readable;
  /** Where it came from at last. */
  readonly url: URL;
}

export interface HttpQuestion {
  readonly method: 'GET' | 'HEAD';
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
}

const mostRedirects = 5;
/** So that a request for a thousand files does not open a thousand connections at once. */
const connections = { HEAD: 16, GET: 256 };

/** A file may take minutes to come, so only the caller's signal ends a wait; that nobody picks up at all is known soon. */
const patient = { headersTimeout: 0, bodyTimeout: 0, connect: { timeout: 10_000 }, allowH2: false } as const;

/** Speaks HTTP to one upstream and to wherever that redirects. Its faults say nothing of an address: it may carry a secret. */
export class HttpClient {
  readonly #credentials: { readonly origin: string; readonly authorization: string | null };
  readonly #agents = {
    HEAD: new Agent({ ...patient, connections: connections.HEAD }),
    GET: new Agent({ ...patient, connections: connections.GET }),
  };

  /** The credentials are sent to their own origin alone, and not to where that redirects. */
  constructor(credentials: { readonly origin: string; readonly authorization: string | null }) {
    this.#credentials = credentials;
  }

  /** Follows redirects. Rejects with a `SourceFault` when nobody answers, and with the signal's reason. */
  async ask({ method, url, headers }: HttpQuestion, signal: AbortSignal): Promise<HttpAnswer> {
    let at = url;
    for (let followed = 0; ; followed += 1) {
      const answer = await this.#send({ method, url: at, headers }, signal);
      if (!isRedirect(answer.status)) return answer;
      answer.body.destroy();
      const target = redirectTarget(at, headerOf(answer.headers, 'location'));
      if (!target) throw new SourceFault('source-unavailable', 'The source leads to where it may not be followed.');
      if (followed === mostRedirects) throw new SourceFault('source-unavailable', 'The source leads from one address to the next without end.');
      at = target;
    }
  }

  async close(): Promise<void> {
    await Promise.all(Object.values(this.#agents).map((agent) => agent.destroy()));
  }

  async #send({ method, url, headers }: HttpQuestion, signal: AbortSignal): Promise<HttpAnswer> {
    try {
      const call: Call = { system: 'http', operation: method, host: url.hostname };
      const { statusCode, headers: told, body } = await telling(call, async () => {
        const answer = await this.#agents[method].request({
          origin: url.origin,
          path: url.pathname + url.search,
          method,
          headers: { ...this.#greeting(url), ...headers },
          signal,
        });
        call.status = answer.statusCode;
        return answer;
      });
      body.on('error', heardWhileReading);
      return { status: statusCode, headers: told, body, url };
    } catch (error) {
      signal.throwIfAborted();
      throw unreachable(error);
    }
  }

  #greeting({ origin }: URL): Record<string, string> {
    const { authorization } = this.#credentials;
    return {
      'user-agent': 'delineate-downloads',
      accept: '*/*',
      'accept-encoding': 'identity',
      ...(authorization !== null && origin === this.#credentials.origin ? { authorization } : {}),
    };
  }
}

export function unreachable(cause: unknown): SourceFault {
  const code = cause instanceof Error ? (cause as NodeJS.ErrnoException).code : undefined;
  return new SourceFault('source-unavailable', `The source could not be reached (${code ?? 'unknown'}).`, { cause });
}

/** The same error comes out of the reading; here it is only kept from ending the process. */
function heardWhileReading(): void {}

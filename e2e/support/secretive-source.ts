import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a file number gives: its bytes, a refusal, an error, or half of itself from an address that is signed. */
export const sourceFiles = { whole: 1001, refused: 1002, broken: 1003, half: 1004 } as const;

/** A service that gives its files to whoever knows user, password and token, and leads to signed addresses. */
export class SecretiveSource implements AsyncDisposable {
  readonly #server: Server;
  readonly #signature: string;

  private constructor(signature: string) {
    this.#signature = signature;
    this.#server = createServer((req, res) => this.#answer(req, res));
  }

  static async start(signature: string): Promise<SecretiveSource> {
    const source = new SecretiveSource(signature);
    source.#server.listen(0, '127.0.0.1');
    await once(source.#server, 'listening');
    return source;
  }

  get host(): string {
    return `127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  #answer({ url = '', method }: IncomingMessage, res: ServerResponse): void {
    const { pathname, searchParams } = new URL(url, 'http://source');
    const fileId = Number(pathname.split('/').at(-1));
    if (fileId === sourceFiles.refused) return void res.writeHead(403).end(`No: ${url}`);
    if (fileId === sourceFiles.broken) return void res.writeHead(500).end(`Broken: ${url}`);
    if (!searchParams.has('X-Amz-Signature')) return void res.writeHead(302, { Location: `/signed/${fileId}?X-Amz-Signature=${this.#signature}` }).end();
    res.writeHead(200, { 'Content-Type': 'text/plain', 'Content-Length': '20', 'Content-Disposition': `attachment; filename="report ${fileId}.txt"` });
    if (method === 'HEAD') return void res.end();
    if (fileId === sourceFiles.whole) return void res.end('x'.repeat(20));
    res.write('x'.repeat(10), () => res.destroy());
  }
}

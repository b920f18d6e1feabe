import { once } from 'node:events';
import { createServer, request, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';

/** What befalls one exchange. */
export type Meddling =
  /** The server is never asked, and this is the answer. */
  | { readonly what: 'answer'; readonly status: number }
  /** The request arrives after a while, whether or not anybody still waits for the answer. */
  | { readonly what: 'delay'; readonly ms: number }
  /** One byte arrives as another. */
  | { readonly what: 'damage'; readonly whose: 'request' | 'answer' }
  /** After so many bytes of the body the connection breaks, or nothing more comes although it holds. */
  | { readonly what: 'cut' | 'silence'; readonly whose: 'request' | 'answer'; readonly afterBytes: number };

/** The first line of a request, such as `GET /bucket/key?list-type=2`. */
export type Chooser = (line: string) => Meddling | null;

/** An HTTP proxy on a loopback port that passes everything on as it is, save for the exchanges it is told to meddle with. */
export class MeddlingProxy implements AsyncDisposable {
  /** The first lines of all requests, in the order in which they came. */
  readonly seen: string[] = [];
  /** Of those that the server has answered, in the order of its answers. */
  readonly answered: string[] = [];
  readonly #server: Server;
  readonly #targetPort: number;
  #choose: Chooser = () => null;

  private constructor(targetPort: number) {
    this.#targetPort = targetPort;
    this.#server = createServer((req, res) => this.#exchange(req, res));
  }

  /** In front of a port of the loopback interface. */
  static async before(targetPort: number): Promise<MeddlingProxy> {
    const proxy = new MeddlingProxy(targetPort);
    await once(proxy.#server.listen(0, '127.0.0.1'), 'listening');
    return proxy;
  }

  get endpoint(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Decides for each request from now on. */
  meddle(choose: Chooser): void {
    this.#choose = choose;
  }

  /** Meddles with the first requests that match, as many as there are meddlings, and then no more. */
  meddleOnce(match: RegExp, ...meddlings: Meddling[]): void {
    this.#choose = (line) => (match.test(line) ? (meddlings.shift() ?? null) : null);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #exchange(req: IncomingMessage, res: ServerResponse): void {
    const line = `${req.method} ${req.url}`;
    this.seen.push(line);
    const meddling = this.#choose(line);
    if (meddling?.what === 'answer') res.writeHead(meddling.status, { connection: 'close' }).end();
    else if (meddling?.what === 'delay') void this.#passOnLate(req, res, line, meddling.ms);
    else this.#passOn(req, req, res, line, meddling);
  }

  async #passOnLate(req: IncomingMessage, res: ServerResponse, line: string, ms: number): Promise<void> {
    const body = await buffer(req);
    await sleep(ms);
    this.#passOn(req, Readable.from([body]), res, line, null);
  }

  #passOn(req: IncomingMessage, body: Readable, res: ServerResponse, line: string, meddling: Meddled | null): void {
    // The host is part of what was signed, so it stays.
    const { method, url: path, headers, socket } = req;
    const onward = request({ port: this.#targetPort, host: '127.0.0.1', method, path, headers });
    const meddlingWith = (whose: Meddled['whose']) => (meddling?.whose === whose ? meddling : null);
    const breakOff = () => {
      socket.resetAndDestroy();
      onward.destroy();
    };
    if (body === req) res.on('close', () => void onward.destroy());
    onward.on('error', breakOff);
    onward.on('response', (answer) => {
      this.answered.push(line);
      res.writeHead(answer.statusCode!, answer.headers);
      pipeline(answer, (bytes) => meddled(bytes, meddlingWith('answer')), res).catch(breakOff);
    });
    pipeline(body, (bytes) => meddled(bytes, meddlingWith('request')), onward).catch(breakOff);
  }
}

type Meddled = Extract<Meddling, { whose: unknown }>;

async function* meddled(bytes: AsyncIterable<Buffer>, meddling: Meddled | null): AsyncGenerator<Buffer, void> {
  let left = meddling && 'afterBytes' in meddling ? meddling.afterBytes : Infinity;
  let isSound = meddling?.what !== 'damage';
  for await (const piece of bytes) {
    if (!isSound) piece[0]! ^= 1;
    isSound = true;
    yield piece.subarray(0, left);
    left -= piece.length;
    if (left >= 0) continue;
    if (meddling?.what === 'cut') throw new Error('the connection breaks here');
    await new Promise(() => {});
  }
}

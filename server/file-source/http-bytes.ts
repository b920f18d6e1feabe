import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { SourceFault } from '../downloads/faults.ts';
import { endOnAbort } from './end-on-abort.ts';

/** The rest of a broken body, and how long the whole one is. */
export interface Rest {
  readonly body: Readable;
  readonly total: number;
}

/** Asks for what comes from an offset on: null when nobody answers just now; rejects when it cannot be had. */
export type AskForRest = (offset: number, signal: AbortSignal) => Promise<Rest | null>;

/** How often in a row the rest is asked for in vain, with a growing wait before each but the first: 15 s in all. */
const mostFruitless = 6;
const waitMs = 1000;

/**
 * The bytes of a body, all of them or an error. Where it breaks off in the middle, or ends before it should, it goes on
 * with the rest, if that can be asked for. That a body falls silent is for the reader to notice.
 */
export class HttpBytes extends Readable {
  readonly #askForRest: AskForRest | null;
  readonly #ending = new AbortController();
  #body: Readable;
  #pieces: AsyncIterator<Buffer>;
  /** Null when unknown: then it is whole when it ends well. */
  #total: number | null;
  #count = 0;
  #fruitless = 0;

  constructor(body: Readable, total: number | null, askForRest: AskForRest | null, signal: AbortSignal) {
    super({ highWaterMark: 64 * 1024 });
    this.#body = body;
    this.#pieces = body[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
    this.#total = total;
    this.#askForRest = askForRest;
    endOnAbort(this, signal);
  }

  override _read(): void {
    this.#next().then(
      (piece) => this.push(piece),
      (error: Error) => this.destroy(error),
    );
  }

  /** The next piece, null after the last one. */
  async #next(): Promise<Buffer | null> {
    for (;;) {
      const read = await this.#pieces.next().catch((cause: unknown) => ({ cause }));
      if ('cause' in read) await this.#goOn(read.cause);
      else if (!read.done) return this.#counted(read.value);
      else if (this.#total === null || this.#count === this.#total) return null;
      else await this.#goOn(null);
    }
  }

  #counted(piece: Buffer): Buffer {
    this.#count += piece.length;
    this.#fruitless = 0;
    return piece;
  }

  async #goOn(cause: unknown): Promise<void> {
    this.#body.destroy();
    for (;;) {
      const asked = this.#fruitless++;
      if (!this.#askForRest || asked === mostFruitless) throw brokeOff(cause);
      await sleep(asked * waitMs, undefined, { signal: this.#ending.signal });
      const rest = await this.#askForRest(this.#count, this.#ending.signal);
      if (!rest) continue;
      if (this.#total !== null && rest.total !== this.#total) {
        rest.body.destroy();
        throw brokeOff(cause);
      }
      this.#body = rest.body;
      this.#pieces = rest.body[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
      this.#total = rest.total;
      return;
    }
  }

  override _destroy(reason: Error | null, closed: (reason: Error | null) => void): void {
    this.#ending.abort(reason);
    this.#body.destroy();
    closed(reason);
  }
}

function brokeOff(cause: unknown): SourceFault {
  return new SourceFault('source-unavailable', 'The source broke off in the middle.', { cause });
}

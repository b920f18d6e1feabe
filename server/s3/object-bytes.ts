import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { isPassing } from './s3-error.ts';

/** Asks for the object's bytes from a position on. */
export type OpenAt = (position: number, signal: AbortSignal) => Promise<Readable>;

export interface ObjectBytesWish {
  /** How many there are. */
  readonly size: number;
  /** What is told when they cannot all be had. */
  readonly asFault: (error: unknown) => Error;
  /** How long nothing may come while somebody waits for it. */
  readonly idleMs?: number;
}

const usualIdleMs = 15_000;
/** How long to wait before the rest is asked for; after as many breaks without a byte in between it is given up. */
const goOnAfterMs = [0, 500, 2000];

/**
 * The bytes of an object, all of them or an error. A body falls silent for ever when its connection dies in the middle,
 * so only so much silence is borne; after it, and after a break, the rest is asked for.
 */
export class ObjectBytes extends Readable {
  readonly #openAt: OpenAt;
  readonly #wish: ObjectBytesWish;
  #request = new AbortController();
  #pieces: AsyncIterator<Buffer> | null = null;
  #count = 0;

  private constructor(openAt: OpenAt, wish: ObjectBytesWish) {
    super({ highWaterMark: 64 * 1024 });
    this.#openAt = openAt;
    this.#wish = wish;
  }

  /** Resolves once the first answer is there, and rejects with a fault, or with the reason of the abort. */
  static async open(openAt: OpenAt, wish: ObjectBytesWish, signal: AbortSignal): Promise<ObjectBytes> {
    signal.throwIfAborted();
    const bytes = new ObjectBytes(openAt, wish).on('error', () => {});
    const onAbort = () => void bytes.destroy(reasonOf(signal));
    signal.addEventListener('abort', onAbort);
    bytes.once('close', () => signal.removeEventListener('abort', onAbort));
    try {
      await bytes.#ask();
      return bytes;
    } catch (error) {
      bytes.destroy();
      signal.throwIfAborted();
      throw wish.asFault(error);
    }
  }

  override _read(): void {
    this.#next().then(
      (piece) => this.push(piece),
      (error: unknown) => this.destroy(this.#wish.asFault(error)),
    );
  }

  override _destroy(reason: Error | null, closed: (reason: Error | null) => void): void {
    this.#hangUp();
    closed(reason);
  }

  async #next(): Promise<Buffer | null> {
    for (const pauseMs of goOnAfterMs) {
      try {
        return await this.#take();
      } catch (error) {
        this.#hangUp();
        if (this.destroyed || this.#count === this.#wish.size || !isPassing(error)) throw error;
        await sleep(pauseMs);
      }
    }
    return this.#take();
  }

  async #take(): Promise<Buffer | null> {
    const pieces = this.#pieces ?? (await this.#ask());
    const { promise: silence, reject } = Promise.withResolvers<never>();
    const timer = setTimeout(() => reject(new Error('it fell silent in the middle')), this.#wish.idleMs ?? usualIdleMs);
    try {
      const piece = await Promise.race([pieces.next(), silence]);
      if (piece.done && this.#count < this.#wish.size) throw new Error('it broke off in the middle');
      if (piece.done) return null;
      this.#count += piece.value.length;
      return piece.value;
    } finally {
      clearTimeout(timer);
    }
  }

  async #ask(): Promise<AsyncIterator<Buffer>> {
    if (this.destroyed) throw new Error('nobody wants it any more');
    const request = new AbortController();
    this.#request = request;
    const body = await this.#openAt(this.#count, request.signal);
    body.on('error', () => {});
    request.signal.addEventListener('abort', () => void body.destroy());
    if (request.signal.aborted) body.destroy();
    this.#pieces = body[Symbol.asyncIterator]();
    return this.#pieces;
  }

  #hangUp(): void {
    this.#request.abort();
    this.#pieces = null;
  }
}

function reasonOf({ reason }: AbortSignal): Error {
  return reason instanceof Error ? reason : new Error('It was called off.', { cause: reason });
}

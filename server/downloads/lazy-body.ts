import { AsyncLocalStorage } from 'node:async_hooks';
import { Readable } from 'node:stream';
import { abortReason } from './within.ts';

/** A step that does not end (a read from a dead network drive) must not keep the error from being told. */
const longestFarewellMs = 2000;

/**
 * A stream over steps that begin with the first read and end with the stream: destroying it, or the abort, reaches a
 * step that is waiting. An error that nobody listens to ends nothing.
 */
export class LazyBody extends Readable {
  readonly #ending = new AbortController();
  readonly #steps: AsyncGenerator<Buffer, void>;
  readonly #letGo: () => void;
  /** The steps belong to who made the stream, and not to who happens to read it. */
  readonly #asMaker = AsyncLocalStorage.snapshot();

  constructor(begin: (signal: AbortSignal) => AsyncGenerator<Buffer, void>, signal: AbortSignal) {
    super({ highWaterMark: 64 * 1024 });
    this.#steps = begin(this.#ending.signal);
    const onAbort = () => void this.destroy(abortReason(signal));
    this.#letGo = () => signal.removeEventListener('abort', onAbort);
    this.on('error', () => {});
    signal.addEventListener('abort', onAbort);
    if (signal.aborted) onAbort();
  }

  override _read(): void {
    this.#asMaker(() => this.#steps.next()).then(
      ({ done, value }) => this.push(done ? null : value),
      (error: Error) => this.destroy(error),
    );
  }

  override _destroy(reason: Error | null, closed: (reason: Error | null) => void): void {
    this.#letGo();
    this.#ending.abort(reason ?? new Error('The stream was closed.'));
    const close = () => {
      clearTimeout(stuck);
      closed(reason);
    };
    const stuck = setTimeout(close, longestFarewellMs);
    this.#steps.return().then(close, close);
  }
}

import { Readable } from 'node:stream';

const pieceBytes = 64 * 1024;
/** So that progress moves, and nobody takes the stream for dead. */
const pieceMs = 200;

export interface Pace {
  readonly size: number;
  /** From opening to the last byte, for a reader that keeps up; a slower one gets what is due at once. */
  readonly durationMs: number;
}

/** Bytes that come evenly over a time. Holds one timer at most, and none once it is destroyed. */
export class PacedBytes extends Readable {
  readonly #bytesAt: (offset: number, length: number) => Buffer;
  readonly #pace: Pace;
  readonly #pieces: number;
  readonly #startedAt = performance.now();
  #timer: NodeJS.Timeout | undefined;
  #given = 0;

  constructor(bytesAt: (offset: number, length: number) => Buffer, pace: Pace) {
    super({ highWaterMark: pieceBytes });
    this.#bytesAt = bytesAt;
    this.#pace = pace;
    const most = Math.max(Math.ceil(pace.size / pieceBytes), Math.ceil(pace.durationMs / pieceMs));
    this.#pieces = Math.min(most, pace.size);
  }

  override _read(): void {
    if (this.#given === this.#pieces) return void this.push(null);
    const waitMs = this.#dueInMs();
    if (waitMs > 0) this.#timer = setTimeout(() => this.#give(), waitMs);
    else this.#give();
  }

  #dueInMs(): number {
    const dueAt = this.#startedAt + (this.#pace.durationMs * (this.#given + 1)) / this.#pieces;
    return dueAt - performance.now();
  }

  #give(): void {
    const start = this.#offset(this.#given);
    this.#given += 1;
    this.push(this.#bytesAt(start, this.#offset(this.#given) - start));
  }

  #offset(piece: number): number {
    return Math.floor((this.#pace.size * piece) / this.#pieces);
  }

  override _destroy(reason: Error | null, closed: (reason: Error | null) => void): void {
    clearTimeout(this.#timer);
    closed(reason);
  }
}

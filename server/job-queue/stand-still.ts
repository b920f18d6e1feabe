/**
 * Whether work stands still although there is some: entries wait, this process has room for them, and none has come for a
 * long time. A connection can be silent for good and still take every question.
 */
export class StandStill {
  readonly #longMs: number;
  #since: number | null = null;

  constructor(longMs: number) {
    this.#longMs = longMs;
  }

  /** A delivery has come. */
  moved(): void {
    this.#since = null;
  }

  /** What was seen now; true when it has been so for long. */
  see(waiting: number, hasRoom: boolean, now: number): boolean {
    if (waiting === 0 || !hasRoom) this.#since = null;
    else this.#since ??= now;
    return this.#since !== null && now - this.#since >= this.#longMs;
  }
}

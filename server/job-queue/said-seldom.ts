/** Lets the same words through once in a while: an outage repeats itself every second. */
export class SaidSeldom {
  readonly #everyMs: number;
  readonly #saidAt = new Map<string, number>();

  constructor(everyMs: number) {
    this.#everyMs = everyMs;
  }

  mayBeSaid(words: string, now: number): boolean {
    for (const [said, at] of this.#saidAt) if (now - at >= this.#everyMs) this.#saidAt.delete(said);
    if (this.#saidAt.has(words)) return false;
    this.#saidAt.set(words, now);
    return true;
  }
}

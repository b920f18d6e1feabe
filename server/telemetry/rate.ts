/** Lets through so many a second, and as many again at once after a quiet time. */
export class Rate {
  readonly #perSecond: number;
  readonly #atOnce: number;
  #left: number;
  #filledAt: number | null = null;

  constructor(perSecond: number, atOnce = 2 * perSecond) {
    this.#perSecond = perSecond;
    this.#atOnce = atOnce;
    this.#left = atOnce;
  }

  /** Whether one more may pass at this moment (ms). */
  take(now: number): boolean {
    const elapsedMs = Math.max(0, now - (this.#filledAt ?? now));
    this.#left = Math.min(this.#atOnce, this.#left + (elapsedMs / 1000) * this.#perSecond);
    this.#filledAt = now;
    if (this.#left < 1) return false;
    this.#left -= 1;
    return true;
  }

  /** Whether it is as if nothing had ever passed. */
  isFull(now: number): boolean {
    const elapsedMs = Math.max(0, now - (this.#filledAt ?? now));
    return this.#left + (elapsedMs / 1000) * this.#perSecond >= this.#atOnce;
  }
}

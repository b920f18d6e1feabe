/** Longer timers fire at once. */
export const longestTimerMs = 2 ** 31 - 1;

/** One timer that is moved about. It does not keep the process alive. */
export class WakeUp {
  readonly #wake: () => void;
  #timer: NodeJS.Timeout | undefined;

  constructor(wake: () => void) {
    this.#wake = wake;
  }

  /** Wakes at the moment, or sooner: whoever is woken looks at the clock. The moment set before is forgotten. */
  setFor(at: number): void {
    this.clear();
    const delayMs = Math.min(Math.max(0, at - Date.now()), longestTimerMs);
    this.#timer = setTimeout(this.#wake, delayMs).unref();
  }

  clear(): void {
    clearTimeout(this.#timer);
  }
}

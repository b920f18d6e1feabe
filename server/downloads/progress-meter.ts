import type { Ports } from './ports.ts';

const everyMs = 1000;
/** Weight of the latest second in the moving average. */
const freshness = 0.3;

/** Counts bytes as they pass, and reports them with their pace at most once a second. */
export class ProgressMeter implements Disposable {
  readonly #now: Ports['now'];
  readonly #timer: NodeJS.Timeout;
  #bytesDone = 0;
  #reported = 0;
  #measuredAt: number;
  #bytesPerSecond: number | null = null;

  constructor(now: Ports['now'], report: (bytesDone: number, bytesPerSecond: number) => void) {
    this.#now = now;
    this.#measuredAt = now();
    this.#timer = setInterval(() => {
      const bytesPerSecond = this.#measure();
      if (this.#bytesDone === this.#reported) return;
      this.#reported = this.#bytesDone;
      report(this.#bytesDone, bytesPerSecond);
    }, everyMs);
  }

  get bytesDone(): number {
    return this.#bytesDone;
  }

  add(bytes: number): void {
    this.#bytesDone += bytes;
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer);
  }

  #seen = 0;
  #measure(): number {
    const now = this.#now();
    const elapsedMs = Math.max(1, now - this.#measuredAt);
    const latest = ((this.#bytesDone - this.#seen) / elapsedMs) * 1000;
    this.#measuredAt = now;
    this.#seen = this.#bytesDone;
    this.#bytesPerSecond = this.#bytesPerSecond === null ? latest : freshness * latest + (1 - freshness) * this.#bytesPerSecond;
    return Math.round(this.#bytesPerSecond);
  }
}

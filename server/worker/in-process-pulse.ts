import type { Pulse } from '../downloads/ports.ts';

/** The pulse where API and worker are one process. */
export class InProcessPulse implements Pulse {
  #lastBeatAt: number | null = null;

  async beat(_worker: string, at: number): Promise<void> {
    this.#lastBeatAt = at;
  }

  async lastBeatAt(): Promise<number | null> {
    return this.#lastBeatAt;
  }
}

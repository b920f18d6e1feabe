import type { Pulse } from '../downloads/ports.ts';

/** The pulse where API and worker are one process. */
export class InProcessPulse implements Pulse {
  readonly #beats = new Map<string, { at: number; slots: number }>();

  async beat(worker: string, at: number, slots: number): Promise<void> {
    this.#beats.set(worker, { at, slots });
  }

  async heardSince(at: number): Promise<{ workers: number; slots: number }> {
    const heard = [...this.#beats.values()].filter((beat) => beat.at >= at);
    return { workers: heard.length, slots: heard.reduce((sum, { slots }) => sum + slots, 0) };
  }
}

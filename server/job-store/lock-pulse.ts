import type { Pulse } from '../downloads/ports.ts';
import { isProcessLocked } from './process-lock.ts';

/** Whether the program runs, for its worker is part of it: told by its lock on the folder. */
export class LockPulse implements Pulse {
  readonly #dataDir: string;
  readonly #slots: number;

  constructor(dataDir: string, slots: number) {
    this.#dataDir = dataDir;
    this.#slots = slots;
  }

  async beat(): Promise<void> {}

  async heardSince(): Promise<{ workers: number; slots: number }> {
    return isProcessLocked(this.#dataDir) ? { workers: 1, slots: this.#slots } : { workers: 0, slots: 0 };
  }
}

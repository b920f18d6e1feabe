import type { Delivery, QueueEntry, StopWork } from '../downloads/ports.ts';
import { longestTimerMs } from './wake-up.ts';

interface InHand {
  readonly stop: AbortController;
  readonly cancel: AbortController;
  readonly ended: Promise<void>;
}

/** Works on deliveries, up to `concurrency` at a time, until it is stopped. */
export class Crew {
  readonly #concurrency: number;
  readonly #handler: (delivery: Delivery) => Promise<void>;
  readonly #inHand = new Map<string, InHand>();
  #stopped = false;

  constructor(concurrency: number, handler: (delivery: Delivery) => Promise<void>) {
    this.#concurrency = concurrency;
    this.#handler = handler;
  }

  get hasRoom(): boolean {
    return !this.#stopped && this.#inHand.size < this.#concurrency;
  }

  has(jobId: string): boolean {
    return this.#inHand.has(jobId);
  }

  /** Hands the job to the handler in a later turn, so that adding a job never runs it. */
  async take({ jobId }: QueueEntry): Promise<void> {
    const stop = new AbortController();
    const cancel = new AbortController();
    const ended = Promise.resolve().then(() => this.#handler({ jobId, signal: stop.signal, cancelled: cancel.signal }));
    this.#inHand.set(jobId, { stop, cancel, ended });
    try {
      await ended;
    } finally {
      this.#inHand.delete(jobId);
    }
  }

  /** Tells the handler that its job was cancelled. */
  cancel(jobId: string): void {
    this.#inHand.get(jobId)?.cancel.abort(new Error('The job was cancelled.'));
  }

  readonly stop: StopWork = async (graceMs) => {
    this.#stopped = true;
    const inHand = [...this.#inHand.values()];
    const insist = setTimeout(() => {
      for (const { stop } of inHand) stop.abort(new Error('The worker stops.'));
    }, Math.min(graceMs, longestTimerMs));
    await Promise.allSettled(inHand.map(({ ended }) => ended));
    clearTimeout(insist);
  };
}

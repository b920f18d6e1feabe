import { AsyncLocalStorage } from 'node:async_hooks';
import type { Delivery, StopWork } from '../downloads/ports.ts';
import { longestTimerMs } from './wake-up.ts';

interface InHand {
  readonly jobId: string;
  readonly stop: AbortController;
  readonly cancel: AbortController;
  readonly ended: Promise<void>;
}

/** Works on deliveries, up to `concurrency` at a time, until it is stopped. */
export class Crew {
  readonly #concurrency: number;
  readonly #handler: (delivery: Delivery) => Promise<void>;
  /** The same job may be there twice, when the lock of its first delivery ran out. */
  readonly #inHand = new Set<InHand>();
  #isStopped = false;

  constructor(concurrency: number, handler: (delivery: Delivery) => Promise<void>) {
    this.#concurrency = concurrency;
    // A delivery is no part of the request that put it in line, although that may have been a moment ago.
    this.#handler = AsyncLocalStorage.bind(handler);
  }

  get isStopped(): boolean {
    return this.#isStopped;
  }

  get hasRoom(): boolean {
    return !this.#isStopped && this.#inHand.size < this.#concurrency;
  }

  has(jobId: string): boolean {
    return this.#deliveriesOf(jobId).length > 0;
  }

  /** Hands the job to the handler in a later turn, so that adding a job never runs it. Rejects as the handler does. */
  async take(jobId: string): Promise<void> {
    const stop = new AbortController();
    const cancel = new AbortController();
    const ended = Promise.resolve().then(() => this.#handler({ jobId, signal: stop.signal, cancelled: cancel.signal }));
    const delivery = { jobId, stop, cancel, ended };
    this.#inHand.add(delivery);
    try {
      await ended;
    } finally {
      this.#inHand.delete(delivery);
    }
  }

  /** Tells the handler that its job was cancelled. */
  cancel(jobId: string): void {
    for (const { cancel } of this.#deliveriesOf(jobId)) cancel.abort(new Error('The job was cancelled.'));
  }

  readonly stop: StopWork = async (graceMs) => {
    this.#isStopped = true;
    const inHand = [...this.#inHand];
    const insist = setTimeout(() => {
      for (const { stop } of inHand) stop.abort(new Error('The worker stops.'));
    }, Math.min(graceMs, longestTimerMs));
    await Promise.allSettled(inHand.map(({ ended }) => ended));
    clearTimeout(insist);
  };

  #deliveriesOf(jobId: string): InHand[] {
    return [...this.#inHand].filter((delivery) => delivery.jobId === jobId);
  }
}

import { WaitingError, Worker, type Job } from 'bullmq';
import type { Redis } from 'ioredis';
import type { Delivery, Log, StopWork } from '../downloads/ports.ts';
import { connectListening, listeningOptions } from '../redis/connect-redis.ts';
import { inWords } from '../redis/reach-redis.ts';
import { jobIdOf } from './entry-id.ts';
import { SaidSeldom } from './said-seldom.ts';
import { StandStill } from './stand-still.ts';
import { longestTimerMs } from './wake-up.ts';

export interface Patience {
  /** How soon the jobs of a dead worker are delivered again: its lock has to end, and be looked for. */
  readonly lockMs: number;
  readonly stalledEveryMs: number;
  /** How long jobs may wait for a worker with room before that is held for a fault. */
  readonly stillMs: number;
}

export interface Line {
  readonly redisUrl: string;
  readonly prefix: string;
  readonly name: string;
  /** Where a cancel is told to all processes. */
  readonly cancelChannel: string;
}

interface InHand {
  readonly jobId: string;
  readonly stop: AbortController;
  readonly cancel: AbortController;
  readonly ended: Promise<void>;
}

const askedAgainMs = 1000;
const hangUpAfterMs = 3000;
const listenedEveryMs = 10_000;
const sameWordsEveryMs = 60_000;

/** The workers of this process: takes deliveries from BullMQ, up to `concurrency` at a time, until it is stopped. */
export class BullmqCrew {
  readonly #concurrency: number;
  readonly #worker: Worker;
  readonly #cancels: Redis;
  readonly #log: Pick<Log, 'warn' | 'error'>;
  readonly #handler: (delivery: Delivery) => Promise<void>;
  readonly #onEnded: (jobId: string) => Promise<void>;
  readonly #inHand = new Set<InHand>();
  readonly #endings = new Set<Promise<void>>();
  readonly #stillness: StandStill;
  readonly #said = new SaidSeldom(sameWordsEveryMs);
  readonly #listening: NodeJS.Timeout;
  #resume: NodeJS.Timeout | undefined;
  #stopping = false;

  constructor(
    line: Line,
    patience: Patience,
    concurrency: number,
    handler: (delivery: Delivery) => Promise<void>,
    onEnded: (jobId: string) => Promise<void>,
    log: Pick<Log, 'warn' | 'error'>,
  ) {
    this.#stillness = new StandStill(patience.stillMs);
    this.#concurrency = concurrency;
    this.#handler = handler;
    this.#onEnded = onEnded;
    this.#log = log;
    this.#worker = new Worker(line.name, (job, token) => this.#process(job, token), {
      connection: { url: line.redisUrl, ...listeningOptions },
      prefix: line.prefix,
      // How Redis is set is told by the records' own check, where operators look.
      skipVersionCheck: true,
      concurrency,
      lockDuration: patience.lockMs,
      stalledInterval: patience.stalledEveryMs,
      // Whether a job that lost its worker runs again is decided by its record alone.
      maxStalledCount: Number.MAX_SAFE_INTEGER,
      removeOnComplete: { count: 0 },
      removeOnFail: { count: 0 },
      runRetryDelay: askedAgainMs,
    });
    this.#worker.on('completed', ({ id }) => this.#follow(jobIdOf(id!)));
    this.#worker.on('error', (error) => this.#slowDown(error));
    this.#cancels = connectListening(line.redisUrl);
    this.#cancels.on('message', (_channel, jobId) => this.#cancel(jobId));
    void this.#cancels.subscribe(line.cancelChannel).catch(() => {});
    // Nothing may be said there for days: a question every few seconds tells whether the connection still lives.
    this.#listening = setInterval(() => {
      if (this.#cancels.status === 'ready') this.#cancels.ping().catch(() => {});
    }, listenedEveryMs).unref();
  }

  /** Whether nothing has come for long although so many are waiting. */
  standsStill(waiting: number): boolean {
    return this.#stillness.see(waiting, this.#inHand.size < this.#concurrency, Date.now());
  }

  readonly stop: StopWork = async (graceMs) => {
    this.#stopping = true;
    clearTimeout(this.#resume);
    const closed = this.#worker.close();
    const insist = setTimeout(() => {
      for (const { stop } of this.#inHand) stop.abort(new Error('The worker stops.'));
    }, Math.min(graceMs, longestTimerMs));
    await Promise.allSettled([...this.#inHand].map(({ ended }) => ended));
    clearTimeout(insist);
    // Locks are renewed until here. With Redis away the last word cannot be said: the lock ends by itself.
    await atMost(hangUpAfterMs, closed);
    await Promise.allSettled(this.#endings);
    clearInterval(this.#listening);
    this.#cancels.disconnect();
  };

  async #process(job: Job, token: string | undefined): Promise<void> {
    if (this.#stopping) {
      // It was on its way when the stop was asked for: another worker is to have it.
      await job.moveToWait(token);
      throw new WaitingError();
    }
    this.#stillness.moved();
    const jobId = jobIdOf(job.id!);
    const stop = new AbortController();
    const cancel = new AbortController();
    const ended = this.#handle({ jobId, signal: stop.signal, cancelled: cancel.signal });
    const delivery = { jobId, stop, cancel, ended };
    this.#inHand.add(delivery);
    await ended;
    this.#inHand.delete(delivery);
  }

  /** Never rejects: BullMQ is not to decide what a failure means. */
  async #handle(delivery: Delivery): Promise<void> {
    try {
      await this.#handler(delivery);
    } catch (error) {
      this.#log.error({ err: error, jobId: delivery.jobId }, 'a delivery ended with an error that its handler should have dealt with');
    }
  }

  #cancel(jobId: string): void {
    for (const delivery of this.#inHand) if (delivery.jobId === jobId) delivery.cancel.abort(new Error('The job was cancelled.'));
  }

  #follow(jobId: string): void {
    const ending = this.#onEnded(jobId)
      .catch((error: unknown) => this.#log.warn({ jobId, err: inWords(error) }, 'what was added meanwhile is left to the sweep'))
      .finally(() => this.#endings.delete(ending));
    this.#endings.add(ending);
  }

  /** BullMQ asks again at once after an answer that is an error, such as that memory has run out. */
  #slowDown(error: Error): void {
    if (this.#stopping) return;
    const err = inWords(error);
    if (this.#said.mayBeSaid(err.message, Date.now())) this.#log.warn({ err }, 'the queue cannot be worked on just now');
    if (error.name !== 'ReplyError' || this.#resume) return;
    void this.#worker.pause(true);
    this.#resume = setTimeout(() => {
      this.#resume = undefined;
      void this.#worker.resume();
    }, askedAgainMs);
  }
}

async function atMost(ms: number, work: Promise<unknown>): Promise<void> {
  const { promise: over, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, ms);
  await Promise.race([work.catch(() => {}), over]);
  clearTimeout(timer);
}

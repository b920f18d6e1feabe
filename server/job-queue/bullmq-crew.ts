import { setTimeout as sleep } from 'node:timers/promises';
import { WaitingError, Worker, type Job } from 'bullmq';
import type { Delivery, Log, StopWork } from '../downloads/ports.ts';
import { listeningOptions } from '../redis/connect-redis.ts';
import { inWords } from '../redis/reach-redis.ts';
import { CancelListener } from './cancel-listener.ts';
import { Crew } from './crew.ts';
import { jobIdOf } from './entry-id.ts';
import { SaidSeldom } from './said-seldom.ts';
import { StandStill } from './stand-still.ts';

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

/** What is done with a delivery, and soon after entries are gone. */
export interface Work {
  readonly concurrency: number;
  readonly handler: (delivery: Delivery) => Promise<void>;
  readonly onEnded: (jobIds: readonly string[]) => Promise<void>;
}

const followedAfterMs = 50;
const askedAgainMs = 1000;
const hangUpAfterMs = 3000;
const sameWordsEveryMs = 60_000;

/** The workers of this process: takes deliveries from BullMQ until it is stopped. */
export class BullmqCrew {
  readonly #crew: Crew;
  readonly #worker: Worker;
  readonly #cancels: CancelListener;
  readonly #log: Pick<Log, 'warn' | 'error'>;
  readonly #onEnded: Work['onEnded'];
  readonly #ended: string[] = [];
  #following = Promise.resolve();
  readonly #stillness: StandStill;
  readonly #said = new SaidSeldom(sameWordsEveryMs);
  #resume: NodeJS.Timeout | undefined;

  constructor(line: Line, patience: Patience, { concurrency, handler, onEnded }: Work, log: Pick<Log, 'warn' | 'error'>) {
    this.#crew = new Crew(concurrency, handler);
    this.#stillness = new StandStill(patience.stillMs);
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
    this.#cancels = new CancelListener(line.redisUrl, line.cancelChannel, (jobId) => this.#crew.cancel(jobId));
  }

  /** Whether nothing has come for long although so many are waiting. */
  standsStill(waiting: number): boolean {
    return this.#stillness.see(waiting, this.#crew.hasRoom, Date.now());
  }

  readonly stop: StopWork = async (graceMs) => {
    clearTimeout(this.#resume);
    const closed = this.#worker.close();
    await this.#crew.stop(graceMs);
    // Locks are renewed until here. With Redis away the last word cannot be said: the lock ends by itself.
    await atMost(hangUpAfterMs, closed);
    await this.#following;
    this.#cancels.close();
  };

  /** Never rejects with what a handler did: BullMQ is not to decide what a failure means. */
  async #process(job: Job, token: string | undefined): Promise<void> {
    if (this.#crew.isStopped) {
      // It was on its way when the stop was asked for: another worker is to have it.
      await job.moveToWait(token);
      throw new WaitingError();
    }
    const jobId = jobIdOf(job.id!);
    this.#stillness.moved();
    await this.#crew.take(jobId).catch((error: unknown) => {
      this.#log.error({ err: error, jobId }, 'a delivery ended with an error that its handler should have dealt with');
    });
  }

  /** Seldom was anything added meanwhile: it is asked for all at once that have ended by then. */
  #follow(jobId: string): void {
    if (this.#ended.push(jobId) === 1) this.#following = this.#following.then(() => this.#followSoon());
  }

  async #followSoon(): Promise<void> {
    await sleep(followedAfterMs);
    const ended = this.#ended.splice(0);
    await this.#onEnded(ended).catch((error: unknown) => {
      this.#log.warn({ jobs: ended.length, err: inWords(error) }, 'what was added meanwhile is left to the sweep');
    });
  }

  /** BullMQ asks again at once after an answer that is an error, such as that this Redis can only be read. */
  #slowDown(error: Error): void {
    if (this.#crew.isStopped) return;
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

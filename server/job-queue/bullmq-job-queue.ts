import type { Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import { LineStandsStill } from '../downloads/errors.ts';
import type { Delivery, JobQueue, Log, QueueEntry, StopWork } from '../downloads/ports.ts';
import { telling } from '../calls.ts';
import { connectAsking } from '../redis/connect-redis.ts';
import { reachRedis } from '../redis/reach-redis.ts';
import { tellOutages } from '../redis/tell-outages.ts';
import { BullmqCrew, type Line, type Patience } from './bullmq-crew.ts';
import { absent, BullmqEntries } from './bullmq-entries.ts';
import { CallsAgain } from './calls-again.ts';
import { entryIdOf, jobIdOf } from './entry-id.ts';
import { lineName, openLine, usualPrefix } from './open-line.ts';
import { priorityOf } from './priority-of.ts';

/** A dead worker's jobs come again within 15 s; back at work after an outage takes less than 30 s. */
const usualPatience: Patience = { lockMs: 10_000, stalledEveryMs: 5000, stillMs: 30_000 };

export interface BullmqOptions extends Partial<Patience> {
  /** With what every key begins. */
  readonly prefix?: string;
}

/**
 * The waiting line in Redis, for any number of processes. BullMQ delivers, delays, orders and finds what dead workers had
 * in hand; it never decides whether a job runs again.
 */
export class BullmqJobQueue implements JobQueue {
  readonly #line: Line;
  readonly #patience: Patience;
  readonly #log: Pick<Log, 'info' | 'warn' | 'error'>;
  readonly #redis: Redis;
  readonly #endTelling: () => void;
  readonly #queue: Queue;
  readonly #entries: BullmqEntries;
  readonly #again: CallsAgain;
  readonly #crews = new Set<BullmqCrew>();

  constructor(redisUrl: string, log: Pick<Log, 'info' | 'warn' | 'error'>, { prefix = usualPrefix, ...patience }: BullmqOptions = {}) {
    this.#line = { redisUrl, prefix, name: lineName, cancelChannel: `${prefix}:cancelled` };
    this.#patience = { ...usualPatience, ...patience };
    this.#log = log;
    this.#redis = connectAsking(redisUrl);
    this.#endTelling = tellOutages(this.#redis, log);
    this.#queue = openLine(this.#redis, prefix);
    this.#entries = new BullmqEntries(this.#redis, this.#queue);
    this.#again = new CallsAgain(this.#redis, (jobId) => `${prefix}:again:${jobId}`);
  }

  async add(entry: QueueEntry): Promise<void> {
    await this.#reach('add', () => this.#put(entry));
  }

  work(concurrency: number, handler: (delivery: Delivery) => Promise<void>): StopWork {
    const onEnded = async (jobIds: readonly string[]) => {
      const again = await this.#again.among(jobIds);
      await Promise.all(again.map((jobId) => this.#bringAgain(jobId)));
    };
    const crew = new BullmqCrew(this.#line, this.#patience, { concurrency, handler, onEnded }, this.#log);
    this.#crews.add(crew);
    return async (graceMs) => {
      await crew.stop(graceMs);
      this.#crews.delete(crew);
    };
  }

  async cancel(jobId: string): Promise<void> {
    await this.#reach('cancel', async () => {
      await Promise.all([this.#entries.remove(entryIdOf(jobId)), this.#again.drop(jobId)]);
      await this.#redis.publish(this.#line.cancelChannel, jobId);
    });
  }

  async position(jobId: string): Promise<number | null> {
    const before = await this.#reach('position', () => this.#entries.before(entryIdOf(jobId)));
    return before === null ? null : before + 1;
  }

  async waiting(): Promise<number> {
    return this.#reach('waiting', () => this.#entries.count());
  }

  async known(jobIds: readonly string[]): Promise<Set<string>> {
    return new Set((await this.#reach('known', () => this.#entries.existing(jobIds.map(entryIdOf)))).map(jobIdOf));
  }

  async check(): Promise<void> {
    const waiting = await this.waiting();
    if ([...this.#crews].some((crew) => crew.standsStill(waiting))) {
      throw new LineStandsStill();
    }
  }

  async close(): Promise<void> {
    await Promise.all([...this.#crews].map((crew) => crew.stop(0)));
    this.#crews.clear();
    this.#endTelling();
    await this.#queue.close();
    this.#redis.disconnect();
  }

  #reach<T>(operation: string, work: () => Promise<T>): Promise<T> {
    const reach = () =>
      reachRedis(async () => {
        await this.#queue.waitUntilReady();
        return work();
      });
    return telling({ system: 'redis', operation: `queue.${operation}` }, reach);
  }

  async #put(entry: QueueEntry): Promise<void> {
    const id = entryIdOf(entry.jobId);
    const priority = priorityOf(entry.place, Date.now());
    const standing = entry.isNew ? absent : await this.#entries.find(id);
    switch (standing.state) {
      case 'absent':
        return this.#entries.append(id, priority, entry.notBefore);
      case 'waiting':
        if (standing.priority !== priority) await this.#entries.reorder(id, priority);
        return;
      case 'delayed':
        if (standing.priority !== priority) await this.#entries.reorder(id, priority);
        if (standing.notBefore > entry.notBefore) await this.#entries.reschedule(id, entry.notBefore);
        return;
      case 'in hand':
        await this.#again.keep(entry);
        // It may have ended before this was kept, and then nobody else looks for it.
        if (!(await this.#entries.exists(id))) await this.#bringAgain(entry.jobId);
        return;
      case 'recovered':
    }
  }

  async #bringAgain(jobId: string): Promise<void> {
    const entry = await this.#again.take(jobId);
    if (entry) await this.#put(entry);
  }
}

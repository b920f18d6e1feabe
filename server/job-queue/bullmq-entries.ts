import { ErrorCode, Queue } from 'bullmq';
import type { ChainableCommander, Redis } from 'ioredis';

/** How an entry stands in BullMQ. */
export type Standing =
  | { readonly state: 'absent' | 'in hand' | 'recovered' }
  | { readonly state: 'waiting'; readonly priority: number }
  | { readonly state: 'delayed'; readonly priority: number; readonly notBefore: number };

export const absent = { state: 'absent' } as const satisfies Standing;

/** BullMQ keeps order and arrival in one number, and a moment together with a count. */
const scorePerPriority = 2 ** 32;
const scorePerMs = 2 ** 12;

/** At most so many are let into the line by one question. */
const dueAtOnce = 200;

/** The entries of the line as BullMQ keeps them, asked for in one round trip each. Made of its own calls, save the reading. */
export class BullmqEntries {
  readonly #redis: Redis;
  readonly #queue: Queue;

  constructor(redis: Redis, queue: Queue) {
    this.#redis = redis;
    this.#queue = queue;
  }

  async find(id: string): Promise<Standing> {
    const key = (type: string) => this.#queue.toKey(type);
    const [exists, waiting, delayed, recovered, priority] = await readAll<[number, string | null, string | null, number | null, string | null]>(
      this.#redis
        .pipeline()
        .exists(key(id))
        .zscore(key('prioritized'), id)
        .zscore(key('delayed'), id)
        .lpos(key('wait'), id)
        .hget(key(id), 'priority'),
    );
    if (exists === 0) return absent;
    if (waiting !== null) return { state: 'waiting', priority: Math.floor(Number(waiting) / scorePerPriority) };
    if (delayed !== null) return { state: 'delayed', priority: Number(priority), notBefore: Math.floor(Number(delayed) / scorePerMs) };
    return { state: recovered === null ? 'in hand' : 'recovered' };
  }

  async append(id: string, priority: number, notBefore: number): Promise<void> {
    const timestamp = Date.now();
    await this.#queue.add('download', {}, { jobId: id, priority, timestamp, delay: Math.max(0, notBefore - timestamp) });
  }

  async reorder(id: string, priority: number): Promise<void> {
    await this.#change(id, (job) => job.changePriority({ priority }));
  }

  /** Lets a delayed entry come at another moment. */
  async reschedule(id: string, notBefore: number): Promise<void> {
    const delayMs = notBefore - Date.now();
    await this.#change(id, (job) => (delayMs > 0 ? job.changeDelay(delayMs) : job.promote()));
  }

  /** Takes the entry out; one that is in hand stays. */
  async remove(id: string): Promise<void> {
    await this.#queue.remove(id);
  }

  async exists(id: string): Promise<boolean> {
    return (await this.#redis.exists(this.#queue.toKey(id))) === 1;
  }

  /** Those of the ids that have an entry. */
  async existing(ids: readonly string[]): Promise<string[]> {
    const pipeline = this.#redis.pipeline();
    for (const id of ids) pipeline.exists(this.#queue.toKey(id));
    const answers = await readAll<number[]>(pipeline);
    return ids.filter((_, index) => answers[index] === 1);
  }

  /** How many stand before it; null when it is not in line. */
  async before(id: string): Promise<number | null> {
    const key = (type: string) => this.#queue.toKey(type);
    const [rank, recovered, turn] = await this.#readLine<[number | null, number, number | null]>((pipeline) =>
      pipeline.zrank(key('prioritized'), id).llen(key('wait')).lpos(key('wait'), id),
    );
    // What a dead worker had in hand comes first, from the end of a list that is nearly always empty.
    if (turn !== null) return recovered - 1 - turn;
    return rank === null ? null : recovered + rank;
  }

  async count(): Promise<number> {
    const [waiting, recovered] = await this.#readLine<[number, number]>((pipeline) =>
      pipeline.zcard(this.#queue.toKey('prioritized')).llen(this.#queue.toKey('wait')),
    );
    return waiting + recovered;
  }

  /** Workers let in those whose moment has come when they take the next; while all are busy, whoever looks does it. */
  async #readLine<Answers extends unknown[]>(question: (pipeline: ChainableCommander) => ChainableCommander): Promise<Answers> {
    const ask = () => {
      const dueNow = (Date.now() + 1) * scorePerMs - 1;
      const pipeline = this.#redis.pipeline().zrangebyscore(this.#queue.toKey('delayed'), 0, dueNow, 'LIMIT', 0, dueAtOnce);
      return readAll<[string[], ...Answers]>(question(pipeline));
    };
    const [due, ...answers] = await ask();
    if (due.length === 0) return answers;
    await Promise.all(due.map((id) => this.reschedule(id, 0)));
    const [, ...after] = await ask();
    return after;
  }

  async #change(id: string, change: (job: NonNullable<Awaited<ReturnType<Queue['getJob']>>>) => Promise<void>): Promise<void> {
    const job = await this.#queue.getJob(id);
    if (!job) return;
    await change(job).catch((error: unknown) => {
      if (!hasMovedOn(error)) throw error;
    });
  }
}

async function readAll<Answers extends unknown[]>(pipeline: ChainableCommander): Promise<Answers> {
  const results = (await pipeline.exec()) ?? [];
  return results.map(([error, answer]) => {
    if (error) throw error;
    return answer;
  }) as Answers;
}

/** Taken by a worker or dropped since it was looked at: there is nothing left to change. */
function hasMovedOn(error: unknown): boolean {
  const gone: readonly unknown[] = [ErrorCode.JobNotExist, ErrorCode.JobNotInState];
  return error instanceof Error && 'code' in error && gone.includes(error.code);
}

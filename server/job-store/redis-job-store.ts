import { jobStatuses, type Priority } from '#shared/job-status.ts';
import type { JobRecord, ObjectKey } from '../downloads/job-record.ts';
import type { HistoryPage, HistoryQuestion, Holding, JobStore, Waiting } from '../downloads/ports.ts';
import { RedisConnection, type Ask } from '../redis/redis-connection.ts';
import type { RedisScript } from '../redis/redis-script.ts';
import { briefly } from './briefly.ts';
import { asNames, mayBeOverdue, ordered, sets } from './job-entries.ts';
import { Lines, type Attempt } from './lines.ts';
import { Recent } from './recent.ts';
import { redisDangers } from './redis-dangers.ts';
import { createScript, historyScript, holderScript, holdsScript, listScript, readScript, writeScript } from './redis-scripts.ts';
import { createArguments, writeArguments } from './script-arguments.ts';

type Change = (job: JobRecord) => JobRecord | null;
type Created = Awaited<ReturnType<JobStore['create']>>;

/** How long one answer about the pace of preparations serves all who ask for it. */
const meanKeptMs = 1000;
/** Longer than a check takes. */
const probeKeptMs = 60_000;
/** Some megabytes at most. */
const recentRoom = 2000;
/** How many keys are looked at in one step where all are: it keeps others waiting. */
const keysAtOnce = 500;
/** How often a page is read again, from which records went between its two questions. */
const mostReadings = 3;

/**
 * The records in Redis, for any number of processes: each as JSON at `{prefix}job:{jobId}`, beside the sorted sets that it
 * is found by. A settled one goes by itself when its end has come. Redis 6.2 or later, or Valkey, and no cluster.
 */
export class RedisJobStore implements JobStore {
  readonly #prefix: string;
  readonly #redis: RedisConnection;
  readonly #lines = new Lines();
  readonly #written = new Recent<Stored>(recentRoom);

  constructor(url: string, prefix = 'download:') {
    this.#prefix = prefix;
    this.#redis = new RedisConnection(url);
  }

  async create(asked: JobRecord, placeBehind = (_waiting: number) => asked.place): Promise<Created> {
    const ask = this.#redis.begin();
    return this.#lines.add(sets.lineOf(asked), async (from, count): Promise<Attempt<Created>> => {
      const places = Array.from({ length: count }, (_, more) => placeBehind(from + more));
      const answer = await this.#run(createScript, createArguments(asked, { from, places }), ask);
      if (typeof answer === 'number') return { missedAt: answer };
      if (typeof answer === 'string') return { answer: { job: parse(answer), created: false }, waiting: null };
      const [waiting] = answer;
      return { answer: { job: { ...asked, place: places[waiting - from]! }, created: true }, waiting };
    });
  }

  async find(jobId: string): Promise<JobRecord | null> {
    const text = await this.#redis.ask('GET', (redis) => redis.get(this.#recordKey(jobId)));
    return text === null ? null : parse(text);
  }

  async findMany(jobIds: readonly string[]): Promise<JobRecord[]> {
    if (jobIds.length === 0) return [];
    const texts = await this.#redis.ask('MGET', (redis) => redis.mget(jobIds.map((jobId) => this.#recordKey(jobId))));
    return texts.flatMap((text) => (text === null ? [] : parse(text)));
  }

  async findHolder(asked: Holding): Promise<JobRecord | null> {
    const text = await this.#run(holderScript, asNames(asked));
    return text === null ? null : parse(text);
  }

  async update(jobId: string, change: Change): Promise<JobRecord | null> {
    return (await this.#write(jobId, change))?.is ?? null;
  }

  async claim(jobId: string, change: Change): Promise<JobRecord | null> {
    const alone = ({ preparation }: JobRecord) => (preparation === null ? '' : sets.claimedFor(preparation));
    return (await this.#write(jobId, change, alone))?.is ?? null;
  }

  async remove(jobId: string, when: (job: JobRecord) => boolean): Promise<JobRecord | null> {
    return (await this.#write(jobId, (job) => (when(job) ? 'gone' : null)))?.was ?? null;
  }

  async history({ userId, statuses, limit, after }: HistoryQuestion): Promise<HistoryPage> {
    const ask = this.#redis.begin();
    const wanted = new Set(statuses ?? jobStatuses);
    const begin = after ? `(${ordered(after.queuedAt, after.jobId)}` : '+';
    const history = [...wanted].map((status) => sets.history(userId, status));
    for (let reading = 1; ; reading++) {
      // One member more than asked for tells whether there is another page.
      const [total, ...members] = await this.#run(historyScript, [begin, limit + 1, ...history], ask);
      const page = members.toSorted().toReversed().slice(0, limit);
      const jobs = (await this.#run(readScript, page.map(idOf), ask)).map(parse);
      if (jobs.length < page.length && reading < mostReadings) continue;
      const last = jobs.at(-1);
      const next = last && members.length > limit ? { queuedAt: last.queuedAt, jobId: last.jobId } : null;
      return { jobs: jobs.filter(({ status }) => wanted.has(status)), total, next };
    }
  }

  async listQueued(limit: number, after: { place: number; jobId: string } | null): Promise<JobRecord[]> {
    return this.#inOrder(sets.queued, after ? `(${ordered(after.place, after.jobId)}` : '-', limit);
  }

  async waitingByPriority(now: number): Promise<Record<Priority, Waiting>> {
    const waiting = async (priority: Priority): Promise<Waiting> => {
      const set = this.#setKey(sets.waitingWith(priority));
      const [jobs, [, since]] = await this.#redis.ask('ZRANGE', (redis) => Promise.all([redis.zcount(set, '-inf', now), redis.zrange(set, 0, '0', 'WITHSCORES')]));
      return { jobs, since: jobs === 0 ? null : Number(since) };
    };
    const [high, normal, low] = await Promise.all([waiting('high'), waiting('normal'), waiting('low')]);
    return { high, normal, low };
  }

  async listWaitingFor(preparation: string, limit: number): Promise<JobRecord[]> {
    const set = sets.waitingFor(preparation);
    // Mostly nobody does, and every attempt asks: that is told without a script.
    const ask = this.#redis.begin();
    const some = await ask('EXISTS', (redis) => redis.exists(this.#setKey(set)));
    return some ? this.#inOrder(set, '-', limit, ask) : [];
  }

  async isInUse(object: ObjectKey): Promise<boolean> {
    return (await this.#run(holdsScript, [sets.using(object)])) === 1;
  }

  async listLost(now: number, limit: number): Promise<JobRecord[]> {
    return this.#upTo(now, sets.claims, limit);
  }

  async listOverdue(now: number, limit: number): Promise<JobRecord[]> {
    const overdue: JobRecord[] = [];
    for (let seen = 0; ; seen += limit) {
      const page = await this.#upTo(now, sets.deadlines, limit, seen);
      overdue.push(...page.filter((job) => mayBeOverdue(job, now)));
      if (page.length < limit || overdue.length >= limit) return overdue.slice(0, limit);
    }
  }

  async listExpired(now: number, limit: number): Promise<JobRecord[]> {
    return this.#upTo(now, sets.expiries, limit);
  }

  /** Redis ends records by itself: the question is for clearing up after them, and what is answered ends just now. */
  async listEnded(now: number, limit: number): Promise<JobRecord[]> {
    return this.#upTo(now, sets.ends, limit);
  }

  async *all(): AsyncIterable<JobRecord> {
    // While its tables grow, Redis may give the same key twice.
    const seen = new Set<string>();
    for (let cursor = '0'; ; ) {
      const [next, keys] = await this.#redis.ask('SCAN', (redis) => redis.scan(cursor, 'MATCH', this.#recordKey('*'), 'COUNT', keysAtOnce));
      const fresh = keys.filter((key) => !seen.has(key));
      for (const key of fresh) seen.add(key);
      yield* await this.findMany(fresh.map((key) => key.slice(this.#recordKey('').length)));
      if (next === '0') return;
      cursor = next;
    }
  }

  /** Every poll of a job in line asks for it. */
  readonly meanPreparationMs = briefly(meanKeptMs, async () => {
    const members = await this.#redis.ask('ZRANGE', (redis) => redis.zrange(this.#setKey(sets.spans), 0, '-1'));
    const spans = members.map((member) => Number(member.slice(member.lastIndexOf(':') + 1)));
    return spans.length === 0 ? null : spans.reduce((sum, span) => sum + span, 0) / spans.length;
  });

  async check(): Promise<void> {
    await this.#redis.ask('SET', (redis) => redis.set(this.#setKey('probe'), String(Date.now()), 'PX', probeKeptMs));
  }

  async dangers(): Promise<string[]> {
    return this.#redis.ask('INFO', redisDangers);
  }

  async close(): Promise<void> {
    this.#redis.close();
  }

  #recordKey(jobId: string): string {
    return `${this.#prefix}job:${jobId}`;
  }

  #setKey(set: string): string {
    return `${this.#prefix}jobs:${set}`;
  }

  #run<Answer>(script: RedisScript<Answer>, args: readonly (string | number)[], ask: Ask = this.#redis.ask): Promise<Answer> {
    return ask(`EVALSHA ${script.name}`, (redis) => script.run(redis, [this.#prefix, ...args]));
  }

  async #inOrder(set: string, from: string, limit: number, ask?: Ask): Promise<JobRecord[]> {
    return (await this.#run(listScript, [set, 'ZRANGEBYLEX', from, '+', 0, limit], ask)).map(parse);
  }

  async #upTo(now: number, set: string, limit: number, offset = 0): Promise<JobRecord[]> {
    return (await this.#run(listScript, [set, 'ZRANGEBYSCORE', '-inf', now, offset, limit])).map(parse);
  }

  /** Null when nothing was written: there is no such job, or `decide` or another job in the set `alone` is against it. */
  async #write(jobId: string, decide: (job: JobRecord) => JobRecord | 'gone' | null, alone = (_job: JobRecord) => '') {
    const ask = this.#redis.begin();
    const read = async () => stored(await ask('GET', (redis) => redis.get(this.#recordKey(jobId))));
    // Who writes about a job has mostly written about it last. Whether that still holds is found out by writing.
    const last = this.#written.get(jobId);
    let found = last ?? (await read());
    let isFresh = last === undefined;
    while (found) {
      const { job: was, text } = found;
      const decision = decide(was);
      if (decision === null && isFresh) return null;
      if (decision === null) {
        found = await read();
      } else {
        const is = decision === 'gone' ? null : decision;
        const becomes = is ? JSON.stringify(is) : '';
        const answer = await this.#run(writeScript, writeArguments({ was, text, is, becomes, alone: alone(was) }), ask);
        if (answer === 0) return null;
        if (typeof answer === 'number') {
          if (is) this.#written.keep(jobId, { job: is, text: becomes });
          else this.#written.drop(jobId);
          return { was, is };
        }
        found = stored(answer);
      }
      isFresh = true;
    }
    this.#written.drop(jobId);
    return null;
  }
}

/** A record, and the text that it is in Redis. */
interface Stored {
  readonly job: JobRecord;
  readonly text: string;
}

function stored(text: string | null): Stored | null {
  return text === null ? null : { job: parse(text), text };
}

function parse(text: string): JobRecord {
  const job: JobRecord = JSON.parse(text);
  return job;
}

function idOf(member: string): string {
  return member.slice(member.indexOf(':') + 1);
}

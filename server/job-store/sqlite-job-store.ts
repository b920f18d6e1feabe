import type { DatabaseSync, SQLOutputValue, StatementSync } from 'node:sqlite';
import { jobStatuses, type Priority } from '#shared/job-status.ts';
import type { JobRecord, ObjectKey } from '../downloads/job-record.ts';
import type { HistoryPage, HistoryQuestion, Holding, JobStore, Waiting } from '../downloads/ports.ts';
import { jobColumns, objectName, ownerOf } from './job-columns.ts';
import { jobSql } from './job-statements.ts';
import { openDatabase } from './open-database.ts';
import { prepareAll } from './prepare-all.ts';
import { reachDatabase } from './reach-database.ts';
import { Recent } from './recent.ts';
import { inTransaction } from './transaction.ts';

/** After every row of a history, whose order is descending. */
const start = { queuedAt: Number.POSITIVE_INFINITY, jobId: '' };

/** Some megabytes at most. */
const recentRoom = 2000;

/** How many records are read at a time where all are. */
const pageSize = 500;

/** The records in one SQLite file: one JSON document each, beside the columns it is found by. */
export class SqliteJobStore implements JobStore {
  readonly #database: DatabaseSync;
  readonly #sql: (name: keyof typeof jobSql) => StatementSync;
  readonly #recent: Recent<JobRecord>;
  /** Another number when another connection has written. */
  #foreignWrites: unknown = null;

  /**
   * With `soleProcess` the caller vouches (by `acquireProcessLock`) that no other process works with the folder. Whoever held
   * a claim before is then dead, so those claims are lost at once rather than when their lease lapses. And what was read
   * stays true until it is written here, so it need not be read again; when an operator writes from outside after all,
   * SQLite tells, and everything is.
   */
  constructor(dataDir: string, { soleProcess = false }: { soleProcess?: boolean } = {}) {
    this.#database = openDatabase(dataDir);
    this.#sql = prepareAll(this.#database, jobSql);
    this.#recent = new Recent(soleProcess ? recentRoom : 0);
    if (soleProcess) this.#sql('endAllClaims').run();
  }

  async create(asked: JobRecord, placeBehind = (_waiting: number) => asked.place): Promise<{ job: JobRecord; created: boolean }> {
    return this.#atOnce(() => {
      const earlier = this.#holderOf(asked);
      if (earlier) return { job: earlier, created: false };
      const waiting = Number(this.#sql('waitingOfOwner').get(ownerOf(asked))!['waiting']);
      const job = { ...asked, place: placeBehind(waiting) };
      this.#sql('insert').run(jobColumns(job));
      return { job, created: true };
    });
  }

  async find(jobId: string): Promise<JobRecord | null> {
    return reachDatabase(() => this.#read([jobId])[0] ?? null);
  }

  async findMany(jobIds: readonly string[]): Promise<JobRecord[]> {
    return reachDatabase(() => this.#read(jobIds));
  }

  async findHolder(asked: Holding): Promise<JobRecord | null> {
    const look = () => this.#holderOf(asked);
    // Nothing is to be written about any other.
    const mayBind = asked.idempotencyKey !== null && asked.retryOf !== null;
    return mayBind ? this.#atOnce(look) : reachDatabase(look);
  }

  async update(jobId: string, change: (job: JobRecord) => JobRecord | null): Promise<JobRecord | null> {
    return this.#change(jobId, change);
  }

  async claim(jobId: string, change: (job: JobRecord) => JobRecord | null): Promise<JobRecord | null> {
    return this.#change(jobId, (job) => (this.#isClaimed(job.preparation) ? null : change(job)));
  }

  async remove(jobId: string, when: (job: JobRecord) => boolean): Promise<JobRecord | null> {
    const removed = this.#atOnce(() => {
      const job = record(this.#sql('find').get(jobId));
      if (!job || !when(job)) return null;
      this.#sql('delete').run(jobId);
      return job;
    });
    if (removed) this.#recent.drop(jobId);
    return removed;
  }

  async history({ userId, statuses, limit, after }: HistoryQuestion): Promise<HistoryPage> {
    const wanted = JSON.stringify(statuses ?? jobStatuses);
    const { queuedAt, jobId } = after ?? start;
    return reachDatabase(() => {
      // One row more than asked for tells whether there is another page.
      const rows = records(this.#sql('history').all(userId, wanted, queuedAt, jobId, limit + 1));
      const jobs = rows.slice(0, limit);
      const last = jobs.at(-1);
      return {
        jobs,
        total: Number(this.#sql('historyTotal').get(userId, wanted)!['total']),
        next: last && rows.length > limit ? { queuedAt: last.queuedAt, jobId: last.jobId } : null,
      };
    });
  }

  async listQueued(limit: number, after: { place: number; jobId: string } | null): Promise<JobRecord[]> {
    const { place, jobId } = after ?? { place: Number.NEGATIVE_INFINITY, jobId: '' };
    return reachDatabase(() => records(this.#sql('queued').all(place, jobId, limit)));
  }

  async waitingByPriority(now: number): Promise<Record<Priority, Waiting>> {
    const waiting = (priority: Priority): Waiting => {
      const { jobs, since } = this.#sql('waiting').get(priority, now)!;
      return { jobs: Number(jobs), since: since === null ? null : Number(since) };
    };
    return reachDatabase(() => ({ high: waiting('high'), normal: waiting('normal'), low: waiting('low') }));
  }

  async listWaitingFor(preparation: string, limit: number): Promise<JobRecord[]> {
    return reachDatabase(() => records(this.#sql('waitingFor').all(preparation, limit)));
  }

  async isInUse(object: ObjectKey): Promise<boolean> {
    return reachDatabase(() => this.#sql('isInUse').get(objectName(object)) !== undefined);
  }

  async listLost(now: number, limit: number): Promise<JobRecord[]> {
    return reachDatabase(() => records(this.#sql('lost').all(now, limit)));
  }

  async listOverdue(now: number, limit: number): Promise<JobRecord[]> {
    return reachDatabase(() => records(this.#sql('overdue').all({ now, limit })));
  }

  async listExpired(now: number, limit: number): Promise<JobRecord[]> {
    return reachDatabase(() => records(this.#sql('expired').all(now, limit)));
  }

  async listEnded(now: number, limit: number): Promise<JobRecord[]> {
    return reachDatabase(() => records(this.#sql('ended').all(now, limit)));
  }

  async *all(): AsyncIterable<JobRecord> {
    for (let after = ''; ; ) {
      const page = reachDatabase(() => records(this.#sql('page').all(after, pageSize)));
      yield* page;
      const last = page.at(-1);
      if (!last || page.length < pageSize) return;
      after = last.jobId;
    }
  }

  async meanPreparationMs(): Promise<number | null> {
    return reachDatabase(() => {
      const mean = this.#sql('meanPreparation').get()?.['mean'];
      return typeof mean === 'number' ? mean : null;
    });
  }

  async check(): Promise<void> {
    reachDatabase(() => {
      this.#sql('probe').run(Date.now());
      this.#sql('readProbe').get();
    });
  }

  async close(): Promise<void> {
    if (this.#database.isOpen) this.#database.close();
  }

  #change(jobId: string, change: (job: JobRecord) => JobRecord | null): JobRecord | null {
    const written = this.#atOnce(() => {
      const job = record(this.#sql('find').get(jobId));
      const changed = job && change(job);
      if (changed) this.#sql('update').run(jobColumns(changed));
      return changed;
    });
    if (written) this.#recent.keep(jobId, written);
    return written;
  }

  #isClaimed(preparation: string | null): boolean {
    return preparation !== null && this.#sql('claimedFor').get(preparation) !== undefined;
  }

  #read(jobIds: readonly string[]): JobRecord[] {
    const { data_version: foreignWrites } = this.#sql('foreignWrites').get()!;
    if (foreignWrites !== this.#foreignWrites) this.#recent.clear();
    this.#foreignWrites = foreignWrites;
    return jobIds.flatMap((jobId) => this.#recent.get(jobId) ?? this.#readAnew(jobId) ?? []);
  }

  #readAnew(jobId: string): JobRecord | null {
    const job = record(this.#sql('find').get(jobId));
    if (job) this.#recent.keep(jobId, job);
    return job;
  }

  #atOnce<T>(work: () => T): T {
    return reachDatabase(() => inTransaction(this.#database, work));
  }

  #holderOf({ idempotencyKey, retryOf }: Holding): JobRecord | null {
    const byKey = idempotencyKey === null ? null : this.#findByKey(idempotencyKey);
    if (byKey || retryOf === null) return byKey;
    const retry = record(this.#sql('findOpenRetry').get(retryOf));
    if (retry && idempotencyKey !== null) this.#sql('bindFurtherKey').run(idempotencyKey, retry.jobId);
    return retry;
  }

  #findByKey(idempotencyKey: string): JobRecord | null {
    return record(this.#sql('findByKey').get(idempotencyKey)) ?? record(this.#sql('findByFurtherKey').get(idempotencyKey));
  }
}

type Row = Record<string, SQLOutputValue> | undefined;

function record(row: Row): JobRecord | null {
  if (!row) return null;
  const job: JobRecord = JSON.parse(String(row['record']));
  return job;
}

function records(rows: Row[]): JobRecord[] {
  return rows.flatMap((row) => record(row) ?? []);
}

import type { Readable } from 'node:stream';
import type { CatalogueFile } from '#shared/files-api.ts';
import type { JobStatus, Priority } from '#shared/job-status.ts';
import type { Artifact, JobRecord, ObjectKey, ObjectName } from './job-record.ts';
import type { Policy } from './policy.ts';
import type { Tracing } from './tracing.ts';

/** Rows newest first; a cursor names the last row of the page before. */
export interface HistoryPage {
  readonly jobs: JobRecord[];
  /** Rows that match in all, on every page. */
  readonly total: number;
  readonly next: HistoryCursor | null;
}
/** Jobs that a worker could take now. */
export interface Waiting {
  readonly jobs: number;
  /** Since when the one that could be taken the longest; null when there is none. */
  readonly since: number | null;
}
export interface HistoryCursor {
  readonly queuedAt: number;
  readonly jobId: string;
}
/** What no two records may have at once: a key ever, a job to be the retry of while they are unsettled. */
export type Holding = Pick<JobRecord, 'idempotencyKey' | 'retryOf'>;
export interface HistoryQuestion {
  readonly userId: string;
  /** Null for any. */
  readonly statuses: readonly JobStatus[] | null;
  readonly limit: number;
  readonly after: HistoryCursor | null;
}

/**
 * Where the records lie. A write that was answered survives the death of the process, and that of the machine: in SQLite
 * always, in Redis as far as its append-only file has it.
 * Every method rejects with `StoreUnavailable` when the store cannot be reached.
 */
export interface JobStore {
  /**
   * Stores the record, unless there is one that `findHolder` answers: then it does just that. Its place is what `placeBehind`
   * says for the number of queued jobs that its owner (`userId`, or everybody nameless together) has by then; without it,
   * the record's own. Atomic over all processes on the same data; `placeBehind` is pure and may be called again after a
   * lost race.
   */
  create(job: JobRecord, placeBehind?: (waiting: number) => number): Promise<{ job: JobRecord; created: boolean }>;
  find(jobId: string): Promise<JobRecord | null>;
  /** The records found, in the order asked; unknown ids are left out. */
  findMany(jobIds: readonly string[]): Promise<JobRecord[]>;
  /**
   * The record that holds the idempotency key, else the unsettled one with this `retryOf`, or null. A key that leads to such
   * a retry is its key as well from then on, as long as the record lives. Atomic over all processes, together with `create`.
   */
  findHolder(asked: Holding): Promise<JobRecord | null>;
  /**
   * Reads, changes and writes in one step over all processes. Null from `change` means "does not apply": nothing is
   * written and null is answered, as for an unknown id. `change` is pure and may be called again after a lost race.
   */
  update(jobId: string, change: (job: JobRecord) => JobRecord | null): Promise<JobRecord | null>;
  /**
   * As `update`, for a claim: it does not apply either while another job of the same preparation is claimed. Of many that
   * claim one preparation at once, one gets it.
   */
  claim(jobId: string, change: (job: JobRecord) => JobRecord | null): Promise<JobRecord | null>;
  /** Deletes the record, and with it its idempotency keys, if it exists and `when` holds; answers what was deleted. */
  remove(jobId: string, when: (job: JobRecord) => boolean): Promise<JobRecord | null>;
  history(question: HistoryQuestion): Promise<HistoryPage>;

  /** Queued jobs in the order of their place, from after the given one; for filling a queue anew. */
  listQueued(limit: number, after: { place: number; jobId: string } | null): Promise<JobRecord[]>;
  /** What waits at that moment; jobs whose next attempt is still to come do not. */
  waitingByPriority(now: number): Promise<Record<Priority, Waiting>>;
  /** Queued jobs of one preparation, in the order of their place. */
  listWaitingFor(preparation: string, limit: number): Promise<JobRecord[]>;
  /** Whether a claimed job writes the object or a completed one names it as its artifact. */
  isInUse(object: ObjectKey): Promise<boolean>;
  /** Jobs whose worker is gone: the lease has lapsed, or the store knows sooner. */
  listLost(now: number, limit: number): Promise<JobRecord[]>;
  /** Unsettled jobs past their deadline that do not stand in line: worked on, or waiting for their next attempt. */
  listOverdue(now: number, limit: number): Promise<JobRecord[]>;
  /** Completed jobs past `expiresAt`. */
  listExpired(now: number, limit: number): Promise<JobRecord[]>;
  /** Settled jobs past `endsAt`. */
  listEnded(now: number, limit: number): Promise<JobRecord[]>;

  /** Every record there is, in no order, for operators: it reads them all. One that changes meanwhile may come as it was. */
  all(): AsyncIterable<JobRecord>;
  /** Mean span from start to end of the latest completed jobs (at most 50), in ms; null when there are none. */
  meanPreparationMs(): Promise<number | null>;
  /** Rejects when the store cannot be read and written. */
  check(): Promise<void>;
  /** What endangers the records although they can be used, one sentence each; absent where nothing can. */
  dangers?(): Promise<string[]>;
  close(): Promise<void>;
}

/** One entry in the line. */
export interface QueueEntry {
  readonly jobId: string;
  /** In ms; lower comes first. Places within the same second may also come in the order of adding. */
  readonly place: number;
  /** Not delivered before this moment (ms since 1970). */
  readonly notBefore: number;
  /** Said by who knows that it was never added: the queue need not look for it first. */
  readonly isNew?: boolean;
}

/** Brings a job's id to a worker. At least once: the same id may come twice, and the record decides. */
export interface Delivery {
  readonly jobId: string;
  /** Aborted by a stop whose grace is over. */
  readonly signal: AbortSignal;
  /** Aborted by `cancel`. The work need not end with it: other jobs may share the attempt. */
  readonly cancelled: AbortSignal;
}

export interface JobQueue {
  /**
   * Adds the job. A second add of one that waits changes nothing, unless it is now to come sooner; of one that is in hand
   * it brings the job again once that has ended. A place that the queue can hold only roughly is put right by adding again.
   */
  add(entry: QueueEntry): Promise<void>;
  /** Takes deliveries, `concurrency` at a time, until the returned function is called. A handler never rejects. */
  work(concurrency: number, handler: (delivery: Delivery) => Promise<void>): StopWork;
  /** Drops a waiting entry and aborts a delivery in hand. Best effort: the record decides. */
  cancel(jobId: string): Promise<void>;
  /** 1 for the next to be delivered; null when the job is not waiting, or waits for its moment. */
  position(jobId: string): Promise<number | null>;
  /** How many could be delivered now if there were room. */
  waiting(): Promise<number>;
  /** Which of these jobs have an entry, in line, for later or in hand. Left out where only the working process itself knows. */
  known?(jobIds: readonly string[]): Promise<Set<string>>;
  /** Rejects when the queue cannot be reached, and with `LineStandsStill` when it can and brings nothing. */
  check(): Promise<void>;
  close(): Promise<void>;
}
/** Takes nothing more, waits up to `graceMs` for what is in hand, then aborts it and waits for that. */
export type StopWork = (graceMs: number) => Promise<void>;

/** What a link must say besides the object it leads to. */
export interface LinkWish {
  readonly method: 'GET' | 'HEAD';
  readonly ttlMs: number;
  /** Origin under which this service was reached; a store with an address of its own ignores it. */
  readonly origin: string;
}

export interface StoredObject {
  readonly size: number;
  /** Of the bytes as they were written; 64 lower-case hex digits. */
  readonly sha256: string;
}

/** Where finished files lie, and who signs links to them. Rejects with `StorageFault`, save as said. */
export interface ObjectStore {
  /**
   * Streams the body into the object and resolves when it is durable and whole. On a failing body or an abort it
   * rejects with that reason and leaves nothing behind. Memory does not grow with the size.
   */
  write(name: ObjectName, contentType: string, body: Readable, signal: AbortSignal): Promise<StoredObject>;
  /**
   * The stored bytes, for comparing them with what was sent. Left out where the store itself compares: where it refuses
   * what does not arrive as its checksum says, rather than keeping it.
   */
  read?(artifact: Artifact, signal: AbortSignal): Promise<Readable>;
  /** Deleting what is not there is fine. */
  delete(object: ObjectKey): Promise<void>;
  /** Every object and every unfinished one, for finding orphans. */
  list(): AsyncIterable<ObjectKey>;
  /** An address that gives exactly this artifact as an attachment until it dies, and nothing else. */
  signLink(artifact: Artifact, wish: LinkWish): Promise<string>;
  /** Whether an artifact of so many bytes may be begun without filling the disk; absent where space is not ours. */
  hasRoomFor?(bytes: number): Promise<boolean>;
  /** Rejects when nothing could be written now. */
  check(): Promise<void>;
  close(): Promise<void>;
}

/** One file of bytes inside what was asked for. */
export interface SourceEntry {
  /** Inside a folder, relative to it, with `/`; for a plain file its name. */
  readonly path: string;
  readonly size: number | null;
  readonly modifiedAt: Date | null;
  /** Opens the bytes. Fails with `SourceFault`, also in the middle of the stream; ends early when aborted. */
  open(signal: AbortSignal): Promise<Readable>;
}

/** What a file number stands for: one file, or a folder with many. */
export interface SourceFile {
  readonly fileId: number;
  readonly fileName: string;
  /** Sum over all entries; null when unknown. */
  readonly size: number | null;
  /** Of a plain file; a folder's is that of its ZIP. */
  readonly contentType: string;
  /** A folder is packed as a ZIP even when it holds one file. */
  readonly folder: boolean;
  /** Another one whenever the bytes are others, such as an entity tag or size and moment of change; null when nobody can tell. */
  readonly version: string | null;
  /** Read once, in order; a plain file has exactly one. */
  entries(signal: AbortSignal): AsyncIterable<SourceEntry>;
}

export interface CatalogueQuestion {
  /** Matches names (any case) and numbers; empty for all. */
  readonly query: string;
  readonly limit: number;
  /** The `next` of the page before. */
  readonly cursor: string | null;
}
export interface CataloguePage {
  readonly files: CatalogueFile[];
  readonly total: number;
  readonly next: string | null;
}

/** Where the bytes of a requested file come from. */
export interface FileSource {
  readonly name: string;
  /** What the number stands for, without reading its bytes. Rejects with `SourceFault` (`file-not-found`, …). */
  find(fileId: number, signal: AbortSignal): Promise<SourceFile>;
  /** The catalogue, where the source has one. Rejects with `BadCursor` when the cursor is not one of its own. */
  list?(question: CatalogueQuestion, signal: AbortSignal): Promise<CataloguePage>;
  close(): Promise<void>;
}

/** Which name has which number, kept with the records so that all processes agree and a restart changes nothing. */
export interface FileNumbers {
  /** Gives each name its number: the kept one, else the wished one if it is free, else a new one. Atomic. */
  assign(wishes: readonly { name: string; wished: number | null }[]): Promise<Map<string, number>>;
}

/** How the workers show that they live, over all processes. */
export interface Pulse {
  /** `slots`: how many attempts the worker runs at a time. */
  beat(worker: string, at: number, slots: number): Promise<void>;
  /** The workers that were heard at that moment (ms since 1970) or later, and the slots of all of them. */
  heardSince(at: number): Promise<{ readonly workers: number; readonly slots: number }>;
}

/** Where the program tells operators what happened. */
export interface Log {
  /** Whether a line of this level would be written, for lines that cost something to make. */
  isLevelEnabled(level: 'debug' | 'info' | 'warn' | 'error'): boolean;
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
  /** The process ends with it. */
  fatal(fields: object, message: string): void;
}

/** All that the program stands on. */
export interface Ports {
  readonly jobs: JobStore;
  readonly queue: JobQueue;
  readonly objects: ObjectStore;
  readonly source: FileSource;
  readonly pulse: Pulse;
  readonly policy: Policy;
  readonly log: Log;
  readonly tracing: Tracing;
  /** Milliseconds since 1970. */
  now(): number;
  /** From 0 to just below 1. */
  random(): number;
}

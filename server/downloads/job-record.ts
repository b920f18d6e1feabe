import type { FaultCode } from '#shared/fault-code.ts';
import type { JobFile, TimelineEntry } from '#shared/job.ts';
import type { JobStatus, Priority } from '#shared/job-status.ts';

/** What was asked for, after defaults. Two requests are the same when these are equal. */
export interface DownloadRequest {
  readonly fileIds: readonly number[];
  /** Asked for through `file_ids`: answered with a ZIP, even for one file. */
  readonly archive: boolean;
  readonly archiveName: string | null;
  readonly priority: Priority;
  readonly callbackUrl: string | null;
}

/** Which object: each claim writes one of its own. The id gives no job away, since links show it to all who share the object. */
export interface ObjectKey {
  readonly id: string;
  readonly fence: number;
}

/** Names one object, `{id}/{fence}/{fileName}`. */
export interface ObjectName extends ObjectKey {
  readonly fileName: string;
}

/** The finished file. */
export interface Artifact extends ObjectName {
  readonly size: number;
  readonly contentType: string;
  /** 64 lower-case hex digits. */
  readonly sha256: string;
}

export interface Claim {
  readonly worker: string;
  readonly heardAt: number;
  readonly leaseExpiresAt: number;
  /** What the attempt writes. Jobs that share the attempt have the same. */
  readonly object: ObjectKey;
}

export interface Progress {
  readonly percent: number;
  readonly bytesDone: number;
  /** Null while the source cannot tell. */
  readonly bytesTotal: number | null;
  /** A moving average of this attempt; null before the first bytes. */
  readonly bytesPerSecond: number | null;
  /** How much of the finished file has been checked, 0 to 1. */
  readonly checkedShare: number;
}

export interface Fault {
  readonly code: FaultCode;
  readonly message: string;
  readonly at: number;
}

/**
 * The record of one request, as the stores keep it. Moments are milliseconds since 1970.
 * Only `advanceJob` makes a new one from an old one.
 */
export interface JobRecord {
  readonly jobId: string;
  readonly request: DownloadRequest;
  readonly userId: string | null;
  readonly clientRequestId: string | null;
  /** Scope and key in one string; no two records share one. Null when the client gave no key. */
  readonly idempotencyKey: string | null;
  readonly retryOf: string | null;
  /**
   * Jobs with the same preparation can be answered with one artifact: the same bytes, packed alike. Null while nobody
   * can tell whether the bytes are the same.
   */
  readonly preparation: string | null;
  /** W3C Trace Context of the request that asked. */
  readonly traceparent: string;
  /** Of the request that asked, for the log; null where an operator's command did, or an earlier version. */
  readonly requestId: string | null;
  /** Lower comes first; made once, at acceptance, by `placeInLine`. */
  readonly place: number;

  readonly status: JobStatus;
  readonly version: number;
  /** Grows with every claim. What carries an older one is ignored. */
  readonly fence: number;
  readonly attempts: number;
  readonly maxAttempts: number;
  /** Attempts that ended in a passing fault; the backoff grows with it. */
  readonly passingFaults: number;
  readonly workerLosses: number;
  readonly claim: Claim | null;

  readonly fileName: string | null;
  readonly files: readonly JobFile[] | null;
  readonly progress: Progress;
  readonly fault: Fault | null;
  readonly artifact: Artifact | null;

  readonly queuedAt: number;
  readonly startedAt: number | null;
  readonly updatedAt: number;
  readonly settledAt: number | null;
  readonly nextAttemptAt: number | null;
  /** When packing began in this attempt. */
  readonly packingSince: number | null;
  /** Since when the job could be taken; null while it is worked on or settled. A backoff lies before this. */
  readonly inLineSince: number | null;
  /** Null before the first start; moves on by every span spent in line. */
  readonly deadlineAt: number | null;
  readonly expiresAt: number;
  /** When the record itself goes; null until the job is settled. */
  readonly endsAt: number | null;
  /** Oldest first, at most 50. */
  readonly timeline: readonly TimelineEntry[];
}

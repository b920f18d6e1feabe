import type { AttemptFault } from './faults.ts';
import type { Artifact, ObjectKey } from './job-record.ts';
import type { KnownFiles } from './known-files.ts';

/** Carried by everything a worker says: the number its claim drew. */
interface FromClaim {
  readonly fence: number;
}

/** All that can happen to a job. Past tense, save where a moment alone decides. */
export type JobEvent =
  | { readonly type: 'claimed'; readonly worker: string }
  /** Taken along by an attempt that is under way for the same preparation, and writes this object. */
  | { readonly type: 'joined'; readonly worker: string; readonly object: ObjectKey }
  | ({ readonly type: 'heard' } & FromClaim)
  | ({ readonly type: 'described'; readonly known: KnownFiles } & FromClaim)
  | ({ readonly type: 'progressed'; readonly bytesDone: number; readonly bytesPerSecond: number } & FromClaim)
  | ({ readonly type: 'fetched'; readonly bytesDone: number } & FromClaim)
  | ({ readonly type: 'checked'; readonly share: number } & FromClaim)
  | ({ readonly type: 'completed'; readonly artifact: Artifact } & FromClaim)
  /** `random`, from 0 to just below 1, draws the wait before the next attempt. */
  | ({ readonly type: 'faulted'; readonly fault: AttemptFault; readonly random: number } & FromClaim)
  /** Handed back by a worker that stops in order. */
  | ({ readonly type: 'released' } & FromClaim)
  /** The worker is gone without a word. */
  | ({ readonly type: 'lost' } & FromClaim)
  | { readonly type: 'overdue' }
  | { readonly type: 'cancelled' }
  /** `early`: an operator does not let the file wait for its time. */
  | { readonly type: 'expired'; readonly early?: boolean };

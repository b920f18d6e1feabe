import type { Ports } from './ports.ts';

export type TroubleKind =
  | 'cannot be reached'
  | 'endangered records'
  | 'no worker'
  | 'lapsed claim'
  | 'overdue file'
  | 'overdue record'
  | 'missing file'
  | 'orphaned object'
  | 'unknown to the queue';

/** Something that does not fit together: what it is about, and what comes of it. */
export interface Trouble {
  readonly kind: TroubleKind;
  readonly about: string;
  readonly detail: string;
}

export type DoctorPorts = Pick<Ports, 'jobs' | 'queue' | 'objects' | 'pulse' | 'policy' | 'now'>;

/** What is older than this has been left out by several sweeps: they come every 10 s. */
export const lateMs = 60_000;

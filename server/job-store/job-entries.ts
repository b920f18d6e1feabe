import { isSettled, type JobStatus, type Priority } from '#shared/job-status.ts';
import type { JobRecord, ObjectKey } from '../downloads/job-record.ts';
import type { Holding } from '../downloads/ports.ts';
import { plain } from './plain.ts';
import { sortable } from './sortable.ts';

/** Where a job stands in one of the sorted sets. Where all have the same score, the members are in order as text. */
export interface Entry {
  readonly set: string;
  readonly score: number;
  readonly member: string;
}

/** The names of the sets. A set holds only jobs that can be an answer to its question. */
export const sets = {
  queued: 'queued',
  claims: 'claims',
  waitingWith: (priority: Priority) => `waits:${priority}`,
  deadlines: 'deadlines',
  expiries: 'expiries',
  ends: 'ends',
  spans: 'spans',
  history: (userId: string, status: JobStatus) => `history:${status}:${plain(userId)}`,
  waitingFor: (preparation: string) => `waiting:${plain(preparation)}`,
  claimedFor: (preparation: string) => `claimed:${plain(preparation)}`,
  using: ({ id, fence }: ObjectKey) => `object:${plain(id)}/${fence}`,
  /** What the owner has in line; everybody nameless is one owner. */
  lineOf: ({ userId }: Pick<JobRecord, 'userId'>) => (userId === null ? 'nameless' : sets.history(userId, 'queued')),
};

/** A member of a set that is in the order of a number, and of the jobs' ids where that is the same. */
export function ordered(number: number, jobId: string): string {
  return `${sortable(number)}:${jobId}`;
}

export function entriesOf(job: JobRecord): Entry[] {
  const { jobId, userId, status, claim, preparation, artifact, settledAt, startedAt } = job;
  const settled = isSettled(status);
  const entries = placedEntriesOf(job);
  const enter = (set: string, score = 0, member = jobId) => entries.push({ set, score, member });
  if (userId !== null) enter(sets.history(userId, status), 0, ordered(job.queuedAt, jobId));
  else if (status === 'queued') enter(sets.lineOf(job));
  if (status === 'queued' && job.inLineSince !== null) enter(sets.waitingWith(job.request.priority), job.inLineSince);
  if (claim) enter(sets.claims, claim.leaseExpiresAt);
  if (claim) enter(sets.using(claim.object));
  if (claim && preparation !== null) enter(sets.claimedFor(preparation));
  if (status === 'completed' && artifact && !claim) enter(sets.using(artifact));
  if (status === 'completed') enter(sets.expiries, job.expiresAt);
  if (!settled && job.deadlineAt !== null && mayBeOverdue(job, job.deadlineAt)) enter(sets.deadlines, job.deadlineAt);
  if (settled && job.endsAt !== null) enter(sets.ends, job.endsAt);
  const prepared = status === 'completed' || status === 'expired';
  if (prepared && settledAt !== null && startedAt !== null) enter(sets.spans, settledAt, `${jobId}:${settledAt - startedAt}`);
  return entries;
}

/** Those of its entries that are in the order of its place. */
export function placedEntriesOf({ jobId, status, place, preparation }: JobRecord): Entry[] {
  if (status !== 'queued') return [];
  const lines = preparation === null ? [sets.queued] : [sets.queued, sets.waitingFor(preparation)];
  return lines.map((set) => ({ set, score: 0, member: ordered(place, jobId) }));
}

/** What no two jobs may have at once; a key is the first. */
export function namesOf({ status, idempotencyKey, retryOf }: JobRecord): string[] {
  return asNames({ idempotencyKey, retryOf: isSettled(status) ? null : retryOf });
}

export function asNames({ idempotencyKey, retryOf }: Holding): string[] {
  const key = idempotencyKey === null ? [] : [`key:${plain(idempotencyKey)}`];
  return retryOf === null ? key : [...key, `retry:${plain(retryOf)}`];
}

/** Whether a job can be past its deadline then: one that stands in line is not, its deadline waits as well. */
export function mayBeOverdue({ status, nextAttemptAt }: JobRecord, at: number): boolean {
  return status !== 'queued' || (nextAttemptAt ?? 0) > at;
}

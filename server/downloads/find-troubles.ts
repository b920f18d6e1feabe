import { isSettled } from '#shared/job-status.ts';
import { findObjectTroubles } from './find-object-troubles.ts';
import { findQueueTroubles } from './find-queue-troubles.ts';
import type { JobRecord } from './job-record.ts';
import { SeenRecords } from './seen-records.ts';
import { lateMs, type DoctorPorts, type Trouble } from './trouble.ts';
import { silentAfterMs } from './view-jobs.ts';

/**
 * Looks through all records and objects for what does not fit together, and changes nothing. What might only be under way
 * is looked at twice, so a program that works in the meantime is no trouble.
 */
export async function* findTroubles(ports: DoctorPorts): AsyncIterable<Trouble> {
  const unreachable = await findUnreachable(ports);
  yield* unreachable;
  if (unreachable.length > 0) return;
  for (const danger of (await ports.jobs.dangers?.()) ?? []) yield { kind: 'endangered records', about: 'records', detail: danger };

  const seen = new SeenRecords();
  for await (const job of ports.jobs.all()) {
    seen.note(job);
    const late = latenessOf(job, ports.now() - lateMs);
    if (late) yield late;
  }
  if (seen.unsettled > 0) yield* await findSilence(ports, seen.unsettled);
  yield* findObjectTroubles(ports, seen);
  yield* findQueueTroubles(ports, seen);
}

async function findUnreachable({ jobs, queue, objects }: DoctorPorts): Promise<Trouble[]> {
  const parts = Object.entries({ records: jobs, queue, storage: objects });
  const found = parts.map(async ([about, part]): Promise<Trouble[]> => {
    try {
      await part.check();
      return [];
    } catch (error) {
      return [{ kind: 'cannot be reached', about, detail: reasonOf(error) }];
    }
  });
  return (await Promise.all(found)).flat();
}

/** What the sweep should have seen to by then. */
function latenessOf({ jobId, status, claim, expiresAt, endsAt }: JobRecord, then: number): Trouble | null {
  const since = (at: number) => `since ${new Date(at).toISOString()}`;
  if (claim && claim.leaseExpiresAt <= then) {
    const detail = `Nothing was heard of ${claim.worker} ${since(claim.heardAt)}, and no sweep has taken the job up again.`;
    return { kind: 'lapsed claim', about: jobId, detail };
  }
  if (isSettled(status) && endsAt !== null && endsAt <= then) {
    return { kind: 'overdue record', about: jobId, detail: `It should have been deleted ${since(endsAt)}.` };
  }
  if (status === 'completed' && expiresAt <= then) {
    return { kind: 'overdue file', about: jobId, detail: `It should have been deleted ${since(expiresAt)}.` };
  }
  return null;
}

async function findSilence({ pulse, now }: DoctorPorts, unsettled: number): Promise<Trouble[]> {
  const { workers } = await pulse.heardSince(now() - silentAfterMs);
  if (workers > 0) return [];
  return [{ kind: 'no worker', about: 'workers', detail: `None was heard for 30 s, and ${unsettled} jobs are not done.` }];
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message;
}

import type { Job } from '#shared/job.ts';
import type { StatusesResponse } from '#shared/download-api.ts';
import { advanceJob } from './advance-job.ts';
import { JobNotFound } from './errors.ts';
import type { JobRecord } from './job-record.ts';
import type { Ports } from './ports.ts';
import { presentJob } from './present-job.ts';

/** A worker that was not heard for so long counts as gone. */
export const silentAfterMs = 30_000;

/** Longer than a worker takes to claim what it was given. */
const handOverMs = 2000;

export type ViewPorts = Pick<Ports, 'jobs' | 'queue' | 'pulse' | 'policy' | 'now' | 'random'>;

/** How a job is to be shown: to whom, and how much of it. */
export interface ViewWish {
  /** Origin under which the caller reached the service; absolute links begin with it. */
  readonly origin: string;
  readonly timeline?: boolean;
}

/** The job with its place in line and its estimate. Rejects with `JobNotFound`. */
export async function viewJob(ports: ViewPorts, jobId: string, wish: ViewWish): Promise<Job> {
  const job = await ports.jobs.find(jobId);
  if (!job) throw new JobNotFound();
  return showJob(ports, job, wish);
}

/** Many jobs in one answer, in the order asked; unknown ids are named. */
export async function viewJobs(ports: ViewPorts, jobIds: readonly string[], wish: ViewWish): Promise<StatusesResponse> {
  const found = await ports.jobs.findMany([...new Set(jobIds)]);
  const known = new Set(found.map(({ jobId }) => jobId));
  const jobs = await Promise.all(found.map((job) => showJob(ports, job, wish)));
  const polls = jobs.flatMap(({ nextPollInMs }) => nextPollInMs ?? []);
  return {
    jobs,
    missing: [...new Set(jobIds)].filter((jobId) => !known.has(jobId)),
    nextPollInMs: polls.length > 0 ? Math.min(...polls) : null,
  };
}

/** The record as the wire shows it. A file whose time is over is shown as expired, also before the sweep has come by. */
export async function showJob(ports: ViewPorts, record: JobRecord, wish: ViewWish): Promise<Job> {
  const now = ports.now();
  const job = advanceJob(record, { type: 'expired' }, now, ports.policy) ?? record;
  const position = job.status === 'queued' ? await ports.queue.position(job.jobId) : null;
  return presentJob(job, {
    origin: wish.origin,
    now,
    random: ports.random(),
    position,
    startsInMs: position === null ? startsOutOfLineInMs(job, now) : await waitingTimeMs(ports, position),
    timeline: wish.timeline ?? false,
  });
}

/** A job that left the line a moment ago is being handed to a worker. Otherwise its turn is the next attempt's, or unknown. */
function startsOutOfLineInMs({ nextAttemptAt, inLineSince }: JobRecord, now: number): number | null {
  if (nextAttemptAt !== null) return Math.max(0, nextAttemptAt - now);
  return inLineSince !== null && now - inLineSince < handOverMs ? 0 : null;
}

/**
 * How long a place in line lasts, by the pace of the latest preparations and by how many all workers run at a time; null
 * before the first has ended, and while no worker is heard.
 */
export async function waitingTimeMs(ports: Pick<Ports, 'jobs' | 'pulse' | 'now'>, position: number): Promise<number | null> {
  const [meanMs, { slots }] = await Promise.all([ports.jobs.meanPreparationMs(), ports.pulse.heardSince(ports.now() - silentAfterMs)]);
  return meanMs === null || slots === 0 ? null : Math.round((position * meanMs) / slots);
}

import * as z from 'zod/mini';
import { jobSchema, type Job } from '#shared/job.ts';
import { paceSchema, steadyPace } from './pace.ts';

/** What somebody asked for, in the words the row needs before the server has answered. */
export const askedSchema = z.object({
  fileIds: z.array(z.int()).check(z.minLength(1)),
  fileName: z.nullable(z.string()),
  size: z.nullable(z.number()),
  clientRequestId: z.nullable(z.string()),
});
export type Asked = z.infer<typeof askedSchema>;

/** A row's place in the list. A job prepared again takes the place of the one before it. */
export const placeSchema = z.object({ rowId: z.string(), askedAt: z.iso.datetime() });
export type Place = z.infer<typeof placeSchema>;

/** A job that this browser follows, as kept under `job_<jobId>`. */
export const trackedJobSchema = z.object({
  place: placeSchema,
  asked: askedSchema,
  /** The last known state; null when it was written by another version of this page, until the server is asked. */
  job: z.catch(z.nullable(jobSchema), null),
  lastPolled: z.iso.datetime(),
  pace: z.catch(z.nullable(paceSchema), null),
  downloadedAt: z.catch(z.nullable(z.iso.datetime()), null),
  /** Whether its failure has been looked at. */
  seen: z.catch(z.boolean(), false),
  /** Whether somebody wants to be told when it is ready. */
  tellMe: z.catch(z.boolean(), false),
  /** The job that was asked for in its place; this one is then only history. */
  replacedBy: z.catch(z.nullable(z.string()), null),
});
export type TrackedJob = z.infer<typeof trackedJobSchema>;

/** Versions only go forward; an equal one may bring news of the line and the heartbeat. */
export function isNews(known: Job | null, heard: Job): boolean {
  return known === null || heard.version >= known.version;
}

export function withNews(tracked: TrackedJob, heard: Job, now: number): TrackedJob {
  if (!isNews(tracked.job, heard)) return tracked;
  const { timeline: _, ...told } = heard;
  const job = neverBack(tracked.job, told);
  const pace = steadyPace(tracked.pace, job, now);
  return { ...tracked, job, pace, lastPolled: new Date(now).toISOString() };
}

/** Percent stays where it was rather than run back within an attempt. */
function neverBack(known: Job | null, heard: Job): Job {
  const behind = known !== null && known.attempts === heard.attempts && heard.progress.percent < known.progress.percent;
  if (!behind || heard.settled || heard.status === 'queued') return heard;
  return { ...heard, progress: { ...heard.progress, percent: known.progress.percent } };
}

/** Two tabs may write one job: the newer state stays, and what a person did in either tab. */
export function newerOf(mine: TrackedJob, theirs: TrackedJob): TrackedJob {
  const base = mine.job && theirs.job && mine.job.version > theirs.job.version ? mine : theirs;
  return {
    ...base,
    downloadedAt: theirs.downloadedAt ?? mine.downloadedAt,
    seen: mine.seen || theirs.seen,
    tellMe: mine.tellMe || theirs.tellMe,
    replacedBy: theirs.replacedBy ?? mine.replacedBy,
  };
}

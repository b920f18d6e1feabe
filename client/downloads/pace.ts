import * as z from 'zod/mini';
import type { Job } from '#shared/job.ts';

/** When a job is expected to be ready, in this computer's time. Made when an answer comes, so that it does not jump about between answers. */
export const paceSchema = z.object({
  attempt: z.int(),
  finishAt: z.number(),
  highAt: z.number(),
  /** The first high bound of this attempt. Past it the job takes longer than usual. */
  usualUntil: z.number(),
  changedAt: z.number(),
});
export type Pace = z.infer<typeof paceSchema>;

const redrawEveryMs = 5000;

/** Keeps the shown estimate while the new one is less than 20 % longer, and changes it at most every 5 s. */
export function steadyPace(known: Pace | null, job: Job, now: number): Pace | null {
  const { etaSeconds, etaHighSeconds } = job.progress;
  if (job.settled || job.status === 'queued' || etaSeconds === null) return null;
  const finishAt = now + etaSeconds * 1000;
  const highAt = Math.max(finishAt, now + (etaHighSeconds ?? etaSeconds) * 1000);
  const fresh = { attempt: job.attempts, finishAt, highAt, usualUntil: highAt, changedAt: now };
  if (known?.attempt !== job.attempts) return fresh;
  const left = known.finishAt - now;
  const slightlyLonger = left > 0 && finishAt - now >= left && finishAt - now < 1.2 * left;
  if (slightlyLonger || now - known.changedAt < redrawEveryMs) return known;
  return { ...fresh, usualUntil: known.usualUntil };
}

import * as z from 'zod/mini';
import type { Job } from '#shared/job.ts';

const expectation = { finishAt: z.number(), highAt: z.number() };

/** When a job is expected to start or to be ready, in this computer's time. Made when an answer comes, so that it does not jump about between answers. */
export const paceSchema = z.object({
  attempt: z.int(),
  /** Whether it is about the start of a job that is in line. */
  inLine: z.boolean(),
  ...expectation,
  /** What is shown until the next redraw is due. */
  before: z.nullable(z.object(expectation)),
  /** When this was first expected of this attempt, and the high bound then. Past that the job takes longer than usual. */
  madeAt: z.number(),
  usualUntil: z.number(),
  /** The beat that redraws follow, one every 5 s. */
  beatAt: z.number(),
});
export type Pace = z.infer<typeof paceSchema>;

const redrawEveryMs = 5000;

/** Keeps the shown estimate while the new one is less than 20 % longer, and changes it at most every 5 s. */
export function steadyPace(known: Pace | null, job: Job, now: number): Pace | null {
  const inLine = job.status === 'queued';
  const { etaSeconds, etaHighSeconds } = inLine ? { etaSeconds: job.queue?.etaSeconds ?? null, etaHighSeconds: null } : job.progress;
  if (job.settled || job.nextAttemptAt !== null || etaSeconds === null) return null;
  const finishAt = now + etaSeconds * 1000;
  const highAt = Math.max(finishAt, now + (etaHighSeconds ?? etaSeconds) * 1000);
  const fresh = { attempt: job.attempts, inLine, finishAt, highAt, before: null, madeAt: now, usualUntil: highAt, beatAt: now };
  if (known?.attempt !== job.attempts || known.inLine !== inLine) return fresh;
  const left = known.finishAt - now;
  const slightlyLonger = left > 0 && finishAt - now >= left && finishAt - now < 1.2 * left;
  if (slightlyLonger || now - known.beatAt < redrawEveryMs) return known;
  const before = { finishAt: known.finishAt, highAt: known.highAt };
  return { ...known, finishAt, highAt, before, beatAt: beatBefore(known, now) };
}

/** An estimate as it is shown. */
export interface ShownPace {
  leftSeconds: number;
  highSeconds: number;
  /** Past the first high bound, and past three times that. */
  late: 'no' | 'yes' | 'very';
}

export function shownPace(pace: Pace, now: number): ShownPace {
  const beatAt = beatBefore(pace, now);
  const { finishAt, highAt } = pace.before && beatAt === pace.beatAt ? pace.before : pace;
  const secondsUntil = (at: number) => Math.max(0, (at - beatAt) / 1000);
  const veryLateAt = pace.madeAt + 3 * (pace.usualUntil - pace.madeAt);
  const late = beatAt <= pace.usualUntil ? 'no' : beatAt <= veryLateAt ? 'yes' : 'very';
  return { leftSeconds: secondsUntil(finishAt), highSeconds: secondsUntil(highAt), late };
}

function beatBefore({ beatAt }: Pace, now: number): number {
  return beatAt + Math.max(0, Math.floor((now - beatAt) / redrawEveryMs)) * redrawEveryMs;
}

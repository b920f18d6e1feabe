import type { Priority } from '#shared/job-status.ts';
import type { Policy } from './policy.ts';

/** How much later than a `high` one a job may be treated as having come, in ms. It is also the longest it can be overtaken for. */
const headStartMs: Record<Priority, number> = { high: 0, normal: 60_000, low: 300_000 };

/** What a place depends on. */
export interface Asked {
  readonly queuedAt: number;
  readonly priority: Priority;
  /** Jobs of the same owner that are in line already. */
  readonly waiting: number;
}

/**
 * The job's place in line, lower first. It is made once, so nobody's place gets worse while waiting:
 *
 * - Each job that its owner has in line already counts as one whole job time-out, the longest that serving it can take.
 *   So whoever has nothing in line starts within two slots, however many jobs another has there and since when.
 * - Under constant `high` a `normal` job is overtaken only by what comes within a minute, a `low` one by what comes within
 *   five, and the owner's n-th job in line within n time-outs more.
 */
export function placeInLine({ queuedAt, priority, waiting }: Asked, { jobTimeoutMs }: Pick<Policy, 'jobTimeoutMs'>): number {
  return queuedAt + headStartMs[priority] + waiting * jobTimeoutMs;
}

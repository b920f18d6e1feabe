import type { Priority } from '#shared/job-status.ts';

/** How much later than a `high` one a job may be treated as having come, in ms. It is also the longest it can be overtaken for. */
const headStartMs: Record<Priority, number> = { high: 0, normal: 60_000, low: 300_000 };

/**
 * The job's place, lower first. It is made once, so nobody's place gets worse while waiting: under constant `high`, a
 * `normal` job is overtaken only by what came within the next minute, a `low` one within the next five.
 */
export function placeInLine(queuedAt: number, priority: Priority): number {
  return queuedAt + headStartMs[priority];
}

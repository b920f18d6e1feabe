import type { Job, TimelineEntry } from '#shared/job.ts';
import { expect } from '../support/story.ts';
import { staged } from '../staged/staged-list.ts';
import { ago, minute, second } from '../staged/staged-jobs.ts';
import type { Scene } from './scene.ts';

const entry = (at: string, event: string, attempt: number | null = null, detail: string | null = null): TimelineEntry => ({
  at,
  event,
  attempt,
  detail,
});

const askedAt = 29 * minute - 3 * second;
const timedOut = 'The source did not answer in time.';

/** Five attempts in six minutes, all for the same reason. */
const fiveAttempts: TimelineEntry[] = [
  entry(ago(askedAt), 'asked'),
  ...[28, 72, 128, 196].flatMap((begunAt, index) => [
    entry(ago(askedAt - begunAt * second), 'attempt began', index + 1, 'prep-2'),
    entry(ago(askedAt - (begunAt + 42 + index * 5) * second), 'attempt failed', index + 1, timedOut),
  ]),
  entry(ago(askedAt - 286 * second), 'attempt began', 5, 'prep-1'),
  entry(ago(askedAt - 352 * second), 'failed', 5, timedOut),
];

/** One attempt, from asking to how it ended. */
function oneAttempt({ timestamps }: Job, ...more: TimelineEntry[]): TimelineEntry[] {
  const startedAt = timestamps.startedAt ?? timestamps.queuedAt;
  return [entry(timestamps.queuedAt, 'asked'), entry(startedAt, 'attempt began', 1, 'prep-2'), ...more];
}

const settledAt = (job: Job) => job.timestamps.settledAt ?? job.timestamps.updatedAt;

const { ready, failed, running, packing, silent, queued, retrying, cancelled, expired } = staged;

const timelines: Record<string, TimelineEntry[]> = {
  [failed.jobId]: fiveAttempts,
  [ready.jobId]: oneAttempt(ready, entry(ago(10.2 * minute), 'fetched', 1, '48000000 bytes'), entry(settledAt(ready), 'completed', 1)),
  [running.jobId]: oneAttempt(running),
  [packing.jobId]: oneAttempt(packing, entry(ago(5 * second), 'fetched', 1, '212000000 bytes')),
  [silent.jobId]: oneAttempt(silent),
  [queued.jobId]: [entry(queued.timestamps.queuedAt, 'asked')],
  [retrying.jobId]: oneAttempt(retrying, entry(ago(20 * second), 'attempt failed', 1, timedOut)),
  [cancelled.jobId]: oneAttempt(cancelled, entry(settledAt(cancelled), 'cancelled', 1)),
  [expired.jobId]: oneAttempt(expired, entry(settledAt(expired), 'completed', 1), entry(expired.timestamps.updatedAt, 'expired')),
};

const drawerOf = (state: string, job: Job): Scene => ({
  shows: `drawer ${state}`,
  service: { timelines },
  path: `/jobs/${job.jobId}`,
  play: ({ page }) => expect(page.getByRole('dialog').getByText('Asked for')).toBeVisible(),
});

/** Pictures of the drawer, for each state that says something of its own there. */
export const drawerScenes: readonly Scene[] = [
  ...Object.entries({ ready, failed, running, packing, silent, queued, retrying, cancelled, expired }).map(([state, job]) => drawerOf(state, job)),
  {
    shows: 'drawer of a job that nobody knows',
    path: '/jobs/dl_nobody',
    play: ({ page }) => expect(page.getByRole('dialog')).toContainText(/no longer knows|does not know|no download/i),
  },
];

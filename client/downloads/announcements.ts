import type { Job } from '#shared/job.ts';
import { formatOrdinal } from '../ui/spans.ts';
import { failureWords, type Limits } from './failure-words.ts';
import type { JobNews } from './kept-downloads.ts';
import { jobName } from './rows.ts';

/** What a screen reader is told of a change of state; null for what is not worth a word. */
export function stateAnnouncement({ before, after, tracked }: JobNews, limits: Limits): string | null {
  const name = jobName(after, tracked.asked.fileName);
  if (before === null) return after.settled ? null : startWords(name, after);
  if (before.settled || before.status === after.status) return null;
  switch (after.status) {
    case 'completed':
      return `${name} is ready.`;
    case 'failed':
      return `${name} failed. ${failureWords(after.errorCode, limits).sentence}`;
    case 'cancelled':
      return `${name} cancelled.`;
    case 'queued':
      return after.nextAttemptAt === null ? null : `${name}, trying again, attempt ${after.attempts + 1} of ${after.maxAttempts}.`;
    default:
      return null;
  }
}

function startWords(name: string, job: Job): string {
  const position = job.queue?.position;
  if (job.status !== 'queued') return `${name}, preparing.`;
  return position == null ? `${name}, in line.` : `${name}, in line, ${formatOrdinal(position)}.`;
}

export const quarterAnnouncement = ({ after, tracked }: JobNews, percent: number) =>
  `${jobName(after, tracked.asked.fileName)}, ${percent} percent.`;

export const silenceAnnouncement = ({ after, tracked }: JobNews, silentMs: number) =>
  `${jobName(after, tracked.asked.fileName)}, no word for ${Math.floor(silentMs / 1000)} seconds.`;

export function summaryAnnouncement({ active, ready }: { active: number; ready: number }): string {
  return ready > 0 ? `${active} on the way, ${ready} ready.` : `${active} on the way.`;
}

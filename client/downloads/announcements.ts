import type { Job } from '#shared/job.ts';
import { formatOrdinal } from '../ui/spans.ts';
import { failureWords, type Limits } from './failure-words.ts';
import type { JobNews } from './kept-downloads.ts';
import { jobName } from './rows.ts';

/** What a screen reader is told when the server has told of a job; null for what is not worth a word. */
export function announcementOf({ before, after, tracked }: JobNews, limits: Limits): string | null {
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
      return after.nextAttemptAt === null ? null : retryWords(name, after);
    default:
      return null;
  }
}

function startWords(name: string, job: Job): string {
  const position = job.queue?.position;
  if (job.status !== 'queued') return `${name}, preparing.`;
  return position == null ? `${name}, in line.` : `${name}, in line, ${formatOrdinal(position)}.`;
}

function retryWords(name: string, job: Job): string {
  return `${name}, trying again, attempt ${job.attempts + 1} of ${job.maxAttempts}.`;
}

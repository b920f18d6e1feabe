import type { Job } from '#shared/job.ts';
import { toLocalTime } from '../api/server-clock.ts';
import { formatMoment, formatMomentWithDay } from '../ui/moments.ts';
import { formatPart, formatSize } from '../ui/sizes.ts';
import { formatEstimate, formatLife, formatOrdinal, formatSpan } from '../ui/spans.ts';
import { failureWords, passingReasons, type Limits } from './failure-words.ts';
import type { RowState } from './row-state.ts';
import type { Sending } from './kept-downloads.ts';
import { shownPace, type Pace } from './pace.ts';

/** A row's status line, left to right, and the note below it where there is no track. `short…` replaces a part on a phone. */
export interface RowWords {
  label: string;
  percent?: number;
  /** Which attempt it is, from the second on. */
  attempt?: string;
  detail?: string;
  shortDetail?: string;
  end?: string;
  shortEnd?: string;
  note?: string;
  /** It takes so long that somebody may want to turn away and be told. */
  veryLate?: boolean;
  /** The detail is a warning: little time is left. */
  soon?: boolean;
}

export interface RowFacts {
  now: number;
  /** Whether what is known is old: then nothing that counts or estimates is said. */
  stale: boolean;
  limits: Limits;
  lastPolled: number;
  pace: Pace | null;
  downloadedAt: number | null;
}

export function intentWords(sending: Sending | undefined, now: number): RowWords {
  if (sending === undefined || sending.state === 'sending') return { label: 'Sending' };
  if (sending.state === 'offline') return { label: 'Not sent yet', detail: 'goes out when the connection is back' };
  return { label: 'Not sent yet', detail: `trying again in ${secondsUntil(sending.retryAt, now)} s` };
}

const writers = {
  sending: () => ({ label: 'Sending' }),
  unsent: () => ({ label: 'Not sent yet' }),
  queued: (job, { now, stale, pace }) => {
    const words: RowWords = { label: 'In line' };
    if (job.queue?.position != null) words.detail = formatOrdinal(job.queue.position);
    if (stale || pace === null) return words;
    const estimate = formatEstimate(shownPace(pace, now).leftSeconds);
    return { ...words, end: `starts in ${estimate}`, shortEnd: `in ${estimate}` };
  },
  running: (job, facts) => {
    const { bytesDone, bytesTotal } = job.progress;
    const words: RowWords = { label: 'Preparing', percent: job.progress.percent, ...attemptWords(job) };
    if (bytesTotal !== null) words.detail = formatPart(bytesDone, bytesTotal);
    return withEstimate(words, facts);
  },
  'unknown-size': (job, facts) => {
    const words: RowWords = { label: 'Preparing', ...attemptWords(job), detail: `${formatSize(job.progress.bytesDone)} so far` };
    if (facts.pace !== null) return withEstimate(words, facts);
    return facts.stale ? words : { ...words, end: 'time not known yet' };
  },
  packing: (job, facts) => {
    const detail = job.fileCount > 1 ? 'checking the ZIP' : 'checking the file';
    return withEstimate({ label: 'Packing', percent: job.progress.percent, ...attemptWords(job), detail }, facts);
  },
  retrying: (job, { now, stale }) => {
    const seconds = job.nextAttemptAt === null ? 0 : secondsUntil(toLocalTime(job.nextAttemptAt), now);
    const words: RowWords = {
      label: stale || seconds <= 0 ? 'Trying again' : `Trying again in ${seconds} s`,
      detail: `attempt ${job.attempts + 1} of ${job.maxAttempts}`,
    };
    const reason = job.errorCode === null ? undefined : passingReasons[job.errorCode];
    return reason === undefined || stale ? words : { ...words, end: reason };
  },
  silent: (job, { now, stale }) => {
    const detail = job.progress.indeterminate ? {} : { detail: `last seen at ${job.progress.percent}%` };
    if (job.worker === null || stale) return { label: 'No word', ...detail };
    const silence = formatSpan(now - toLocalTime(job.worker.lastHeardAt));
    const left = secondsUntil(toLocalTime(job.worker.leaseExpiresAt), now);
    return {
      label: `No word for ${silence}`,
      ...detail,
      end: left > 0 ? `restarts by itself in ${left} s` : 'is being restarted',
      shortEnd: left > 0 ? `restarts in ${left} s` : 'is being restarted',
    };
  },
  stuck: (job, { now, lastPolled }) => {
    const heard = job.worker === null ? lastPolled : Math.min(lastPolled, toLocalTime(job.worker.lastHeardAt));
    const silence = Math.max(0, now - heard);
    return { label: `No news for ${formatSpan(silence)}`, detail: 'it may be stuck; we keep asking', shortDetail: 'it may be stuck' };
  },
  ready: (job, { now }) => {
    const left = toLocalTime(job.expiresAt) - now;
    const life = formatLife(left);
    return {
      label: 'Ready',
      detail: life === null ? 'expires now' : `available for ${life}`,
      shortDetail: life === null ? 'expires now' : `for ${life}`,
      soon: left < 3_600_000,
    };
  },
  downloaded: (job, { now, downloadedAt }) => {
    const life = formatLife(toLocalTime(job.expiresAt) - now);
    const when = formatMoment(downloadedAt ?? now, now);
    return {
      label: 'Downloaded',
      detail: life === null ? `${when}, expires now` : `${when}, available for ${life}`,
      shortDetail: when,
    };
  },
  failed: (job, { limits }) => ({
    label: 'Failed',
    detail: job.attempts === 1 ? 'after 1 attempt' : `after ${job.attempts} attempts`,
    note: failureWords(job.errorCode, limits).sentence,
  }),
  cancelled: (job, { now }) => {
    const at = job.timestamps.settledAt === null ? now : toLocalTime(job.timestamps.settledAt);
    return { label: 'Cancelled', detail: `by you, ${formatMoment(at, now)}`, note: 'Nothing was kept.' };
  },
  expired: (job, { now }) => {
    const { startedAt, settledAt, updatedAt } = job.timestamps;
    const endedAt = Math.min(now, toLocalTime(job.result.expiresAt ?? updatedAt));
    const kept = settledAt === null ? 'It was kept for a while.' : `Kept for ${formatSpan(endedAt - toLocalTime(settledAt) + 30_000)}.`;
    const took = settledAt === null || startedAt === null ? null : Date.parse(settledAt) - Date.parse(startedAt);
    return {
      label: 'Expired',
      detail: formatMomentWithDay(endedAt, now),
      note: took === null ? kept : `${kept} Preparing it again takes ${formatEstimate(took / 1000)}.`,
    };
  },
} satisfies Record<RowState, (job: Job, facts: RowFacts) => RowWords>;

export function jobWords(state: RowState, job: Job, facts: RowFacts): RowWords {
  const write: (job: Job, facts: RowFacts) => RowWords = writers[state];
  return write(job, facts);
}

function withEstimate(words: RowWords, { pace, now, stale }: RowFacts): RowWords {
  if (stale) return words;
  if (pace === null) return { ...words, end: 'time not known yet' };
  const { leftSeconds, highSeconds, late } = shownPace(pace, now);
  const estimate = `${formatEstimate(leftSeconds, highSeconds)} left`;
  if (late === 'no') return { ...words, end: estimate };
  return { ...words, end: `longer than usual, ${estimate}`, shortEnd: estimate, veryLate: late === 'very' };
}

/** A bar that begins anew says why. */
const attemptWords = ({ attempts }: Job) => (attempts > 1 ? { attempt: `attempt ${attempts}` } : {});

const secondsUntil = (at: number, now: number) => Math.max(0, Math.ceil((at - now) / 1000));

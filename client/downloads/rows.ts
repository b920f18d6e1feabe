import { isActive, intentState, jobState, type RowState } from './row-state.ts';
import { intentWords, jobWords, type RowFacts, type RowWords } from './row-words.ts';
import type { DownloadsSnapshot } from './kept-downloads.ts';
import type { Job } from '#shared/job.ts';
import type { Intent } from './intent.ts';
import type { Limits } from './failure-words.ts';
import { formatMoment } from '../ui/moments.ts';
import { formatSize } from '../ui/sizes.ts';
import type { TrackedJob } from './tracked-job.ts';

/** One line of the list. What it says is put into words when it is drawn: of a long list most rows are not. */
export interface Row {
  rowId: string;
  askedAt: number;
  state: RowState;
  name: string;
  /** Size, number and when it was asked for. */
  meta: string;
  /** In bytes; null while nobody knows. */
  size: number | null;
  shortMeta: string;
  words: RowWords;
  job: Job | null;
  tracked: TrackedJob | null;
  intent: Intent | null;
  /** Just asked for in this tab. */
  own: boolean;
  /** Known from before and not confirmed by the server yet. */
  unconfirmed: boolean;
}

export interface RowSurroundings {
  now: number;
  stale: boolean;
  limits: Limits;
}

/** The list as it is to be shown, newest first. A job that another was asked for in its place gives way to it. */
export function rowsOf(snapshot: DownloadsSnapshot, surroundings: RowSurroundings): Row[] {
  const retried = new Set(snapshot.intents.map((intent) => intent.retryOf));
  const jobs = [...snapshot.jobs].filter(
    ([jobId, tracked]) => tracked.replacedBy === null && !retried.has(jobId) && !snapshot.hidden.has(jobId),
  );
  const answered = jobs.flatMap(([, tracked]) => (tracked.job ? [jobRow(tracked.job, tracked, snapshot, surroundings)] : []));
  // Another tab's request and the job it became are heard of one after the other.
  const places = new Set(snapshot.intents.length === 0 ? [] : answered.map((row) => row.rowId));
  const waiting = snapshot.intents.filter(({ place }) => !places.has(place.rowId));
  return [...waiting.map((intent) => intentRow(intent, snapshot, surroundings)), ...answered].toSorted(
    (a, b) => b.askedAt - a.askedAt || (a.rowId < b.rowId ? -1 : 1),
  );
}

function intentRow(intent: Intent, { sending }: DownloadsSnapshot, { now, stale }: RowSurroundings): Row {
  const { asked, place } = intent;
  const own = sending.has(intent.clientRequestId);
  // What another tab sends waits for the connection as this one does.
  const status = sending.get(intent.clientRequestId) ?? (stale ? { state: 'offline' } : undefined);
  const askedAt = Date.parse(place.askedAt);
  return {
    rowId: place.rowId,
    askedAt,
    state: intentState(status),
    name: asked.fileName ?? `File ${asked.fileIds[0]}`,
    get meta() {
      return `${this.shortMeta} · asked ${now - askedAt < 60_000 ? 'just now' : formatMoment(askedAt, now)}`;
    },
    get shortMeta() {
      return sizeWords(asked.fileIds.length, asked.fileIds[0], asked.size);
    },
    size: asked.size,
    get words() {
      return intentWords(status, now);
    },
    job: null,
    tracked: null,
    intent,
    own,
    unconfirmed: false,
  };
}

export function jobRow(job: Job, tracked: TrackedJob, snapshot: DownloadsSnapshot, around: RowSurroundings): Row {
  const { now, stale, limits } = around;
  const failedPolls = snapshot.failedPolls.get(job.jobId) ?? 0;
  const state = jobState(job, tracked, { now, failedPolls, cancelling: snapshot.cancelling.has(job.jobId) });
  const unconfirmed = !snapshot.confirmed.has(job.jobId);
  const size = job.result.size ?? job.progress.bytesTotal ?? tracked.asked.size;
  let words: RowWords | undefined;
  return {
    rowId: tracked.place.rowId,
    askedAt: Date.parse(tracked.place.askedAt),
    state,
    name: jobName(job, tracked.asked.fileName),
    get meta() {
      return `${this.shortMeta} · asked ${formatMoment(Date.parse(job.timestamps.queuedAt), now)}`;
    },
    get shortMeta() {
      return sizeWords(job.fileCount, job.fileId, size);
    },
    size,
    get words() {
      return (words ??= jobWords(state, job, factsOf(tracked, { now, limits, stale: stale || unconfirmed })));
    },
    job,
    tracked,
    intent: null,
    own: false,
    unconfirmed: unconfirmed && isActive(state),
  };
}

function factsOf({ lastPolled, pace, downloadedAt }: TrackedJob, around: RowSurroundings): RowFacts {
  return {
    ...around,
    lastPolled: Date.parse(lastPolled),
    pace,
    downloadedAt: downloadedAt === null ? null : Date.parse(downloadedAt),
  };
}

export function jobName(job: Job, askedName: string | null = null): string {
  return job.fileName ?? askedName ?? (job.fileCount > 1 ? `${job.fileCount} files` : `File ${job.fileId}`);
}

function sizeWords(count: number, fileId: number | undefined, size: number | null): string {
  const bytes = size === null ? 'size not known' : formatSize(size);
  return count > 1 ? `${count} files · ${bytes}` : `${bytes} · No. ${fileId}`;
}

import { onlineManager, type QueryClient } from '@tanstack/react-query';
import type { InitiateResponse } from '#shared/download-api.ts';
import { downloadPaths } from '#shared/download-api.ts';
import type { Job } from '#shared/job.ts';
import { ApiError } from '../api/api-error.ts';
import { cancelDownload, deleteDownload, fetchStatus, isDownloadOpen } from '../api/downloads-api.ts';
import { inOneTab } from '../tabs/in-one-tab.ts';
import { copyText } from '../ui/copy-text.ts';
import type { Toasts } from '../ui/toasts.ts';
import type { Intent, Wish } from './intent.ts';
import type { KeptDownloads } from './kept-downloads.ts';
import { jobName, type Row } from './rows.ts';
import { sendIntent } from './send-intent.ts';
import { jobKey } from './job-query.ts';
import { recordEnd } from './record-end.ts';
import { pollSoon } from './statuses-query.ts';
import type { TrackedJob } from './tracked-job.ts';
import type { ShelfStorage } from './shelf.ts';
import { createTellMe } from './tell-me.ts';
import type { TabWord } from './tab-word.ts';
import { untilReachable } from './until-reachable.ts';
import { wantAgain, wantAll } from './want.ts';

const deletesAtOnce = 4;

export interface ActionPorts {
  kept: KeptDownloads;
  client: QueryClient;
  toasts: Toasts;
  tellTabs: (word: TabWord) => void;
  storage: ShelfStorage | null;
  userId: string;
}

/** What a person can do with downloads. Each says what came of it, in the row or in a toast, and never throws. */
export function createActions({ kept, client, toasts, tellTabs, storage, userId }: ActionPorts) {
  const sending = new Set<string>();
  const cancels = new Map<string, Promise<CancelOutcome>>();
  const { allow, tellMe, offerLater } = createTellMe({ kept, toasts, storage });

  function ask(intents: readonly Intent[]): void {
    for (const intent of intents) {
      kept.addIntent(intent);
      void send(intent);
    }
    if (intents.some((intent) => intent.tellMe)) void allow();
  }

  /** Asks for what somebody chose, and gives the row to look at. */
  function askFor(wish: Wish): string {
    const intents = wantAll(wish, Date.now());
    ask(intents);
    return intents[0]?.place.rowId ?? '';
  }

  async function send(intent: Intent): Promise<void> {
    const { clientRequestId } = intent;
    if (sending.has(clientRequestId)) return;
    sending.add(clientRequestId);
    const isOnline = () => onlineManager.isOnline();
    const wait = (ms: number | null) => untilReachable(client, ms);
    await inOneTab(`send_${clientRequestId}`, () => sendIntent({ kept, userId, isOnline, wait, pause, onSent, onRefused }, intent));
    sending.delete(clientRequestId);
  }

  function onSent(answer: InitiateResponse, intent: Intent): void {
    const dropped = !kept.hasIntent(intent.clientRequestId);
    kept.follow(answer.job, intent);
    if (intent.retryOf !== null) kept.change(intent.retryOf, { replacedBy: answer.jobId });
    kept.dropIntent(intent.clientRequestId);
    pollSoon(client, answer.nextPollInMs);
    tellTabs({ soonInMs: answer.nextPollInMs });
    offerLater(answer.jobId);
    if (dropped) void cancel(answer.job);
  }

  function onRefused(error: ApiError, intent: Intent): void {
    kept.dropIntent(intent.clientRequestId);
    const [fileId] = intent.asked.fileIds;
    const name = intent.asked.fileName ?? `file ${fileId}`;
    const notFound = `There is no file ${fileId}, or it is not shared with you.`;
    toasts.show({ text: error.code === 'file-not-found' ? notFound : `Could not ask for ${name}. ${error.message}` });
  }

  /** Sends what an earlier visit could not, or another tab that is closed now. `afterMs` leaves that tab the first go. */
  async function resume(afterMs: number): Promise<void> {
    await pause(afterMs);
    for (const intent of kept.snapshot().intents) void send(intent);
  }

  function discard(intent: Intent): void {
    kept.dropIntent(intent.clientRequestId);
    const name = intent.asked.fileName ?? `file ${intent.asked.fileIds[0]}`;
    toasts.show({ text: `Discarded ${name}` });
  }

  async function cancel(job: Job): Promise<void> {
    const name = nameOf(job);
    const outcome = await tryToCancel(job);
    if (outcome === 'cancelled') toasts.show({ text: `Cancelled ${name}`, action: askingAgain([job]), quiet: true });
    else if (outcome === 'ready') toasts.show({ text: 'Already finished. It is ready to download.', quiet: true });
    else if (outcome === 'refused') failed(`Could not cancel ${name}.`, () => void cancel(job));
  }

  /** Cancels what is under way among these rows, and tells what came of it in one sentence. */
  async function cancelAll(rows: readonly Row[]): Promise<void> {
    const [row] = rows;
    if (rows.length === 1 && row?.job) return cancel(row.job);
    const jobs = rows.flatMap(({ job }) => job ?? []);
    const intents = rows.flatMap(({ intent }) => intent ?? []);
    for (const { clientRequestId } of intents) kept.dropIntent(clientRequestId);
    const outcomes = await Promise.all(jobs.map(tryToCancel));
    const having = (wanted: CancelOutcome[]) => jobs.filter((_, index) => wanted.includes(outcomes[index]!));
    const [cancelled, refused] = [having(['cancelled']), having(['refused'])];
    const text = cancelWords(cancelled.length + intents.length, having(['ready', 'ended']).length, refused.length);
    const again = { label: 'Try again', run: () => void cancelAll(rows.filter(({ job }) => job !== null && refused.includes(job))) };
    const action = refused.length > 0 ? again : askingAgain(cancelled);
    toasts.show(refused.length + cancelled.length > 0 ? { text, action } : { text });
  }

  const askingAgain = (jobs: readonly Job[]) => ({
    label: 'Ask again',
    reverts: true,
    run: () => jobs.forEach((job) => askAgain(job.jobId)),
  });

  function tryToCancel(job: Job): Promise<CancelOutcome> {
    const outcome = cancelNow(job).finally(() => cancels.delete(job.jobId));
    cancels.set(job.jobId, outcome);
    return outcome;
  }

  /** The row shows it as cancelled from now on, and comes back when that could not be done. */
  async function cancelNow(job: Job): Promise<CancelOutcome> {
    kept.markCancelling(job.jobId, true);
    try {
      kept.hear(await cancelDownload(job.jobId));
      return 'cancelled';
    } catch (error) {
      const latest = error instanceof ApiError ? error.problem?.job : undefined;
      if (!latest) return 'refused';
      kept.hear(latest);
      return latest.status === 'completed' ? 'ready' : 'ended';
    } finally {
      kept.markCancelling(job.jobId, false);
      void client.invalidateQueries({ queryKey: jobKey(job.jobId) });
    }
  }

  /**
   * Asks for a settled job once more; for one whose cancelling is on its way when that is done. `from` is given for one that
   * this browser does not follow.
   */
  function askAgain(jobId: string, from: TrackedJob | null = null): void {
    const ended = (outcome: CancelOutcome) => outcome === 'cancelled' || outcome === 'ended';
    const cancelling = cancels.get(jobId);
    if (cancelling) return void cancelling.then((outcome) => ended(outcome) && askAgain(jobId, from));
    const tracked = kept.snapshot().jobs.get(jobId) ?? from;
    if (tracked) ask([wantAgain(jobId, tracked)]);
  }

  /** Hides settled jobs at once; the server is told when the chance to undo has passed, also by closing the page. */
  function takeAway(jobs: readonly Job[], text: string): void {
    const leaving = new AbortController();
    const finish = (work: () => void) => () => {
      if (leaving.signal.aborted) return;
      leaving.abort();
      work();
    };
    const undo = finish(() => jobs.forEach((job) => kept.unhide(job.jobId)));
    const forGood = (keepalive: boolean) => finish(() => void deleteForGood(jobs, keepalive));
    for (const job of jobs) kept.hide(job.jobId, recordEnd(job, client));
    window.addEventListener('pagehide', forGood(true), { signal: leaving.signal });
    toasts.show({ text, action: { label: 'Undo', reverts: true, run: undo }, onGone: forGood(false) });
  }

  const remove = (jobs: readonly Job[]) => takeAway(jobs, `Removed ${namesOf(jobs)}`);

  function clearFinished(jobs: readonly Job[]): void {
    takeAway(jobs, jobs.length === 1 ? '1 finished download cleared' : `${jobs.length} finished downloads cleared`);
  }

  async function deleteForGood(jobs: readonly Job[], keepalive: boolean): Promise<void> {
    const left = [...jobs];
    const refused: Job[] = [];
    const work = async () => {
      for (let job = left.shift(); job; job = left.shift()) {
        try {
          await deleteDownload(job.jobId, { keepalive });
          kept.forget(job.jobId);
        } catch {
          kept.unhide(job.jobId);
          refused.push(job);
        }
      }
    };
    // A page that goes has no later: all at once.
    await Promise.all(Array.from({ length: keepalive ? jobs.length : deletesAtOnce }, work));
    if (refused.length > 0) failed(`Could not remove ${namesOf(refused)}.`, () => remove(refused));
  }

  /** Asks whether the file is still there, and only then goes to it; the browser's own download manager takes over. */
  async function download(job: Job): Promise<void> {
    if (await isThere(job)) window.location.assign(downloadPaths.download(job.jobId));
  }

  /** One after the other, each as a download of its own: a page can go to one address only. */
  async function downloadAll(jobs: readonly Job[]): Promise<void> {
    for (const job of jobs) if (await isThere(job)) saveFrom(downloadPaths.download(job.jobId));
  }

  /** Whether the file can be fetched now; then it counts as downloaded. When it is gone its row says so. */
  async function isThere(job: Job): Promise<boolean> {
    try {
      if (await isDownloadOpen(job.jobId)) {
        kept.change(job.jobId, { downloadedAt: new Date().toISOString() });
        return true;
      }
      kept.hear(await fetchStatus(job.jobId));
    } catch (error) {
      if (error instanceof ApiError && error.status === 404) missing([job.jobId]);
      else failed(`Could not download ${nameOf(job)}.`, () => void download(job));
    }
    return false;
  }

  /** The server has no record of these any more: they go, and the page says so. */
  function missing(jobIds: readonly string[]): void {
    const { jobs, hidden } = kept.snapshot();
    const shown = jobIds.filter((id) => jobs.get(id)?.replacedBy === null && !hidden.has(id));
    const [lost] = shown.map((id) => jobs.get(id));
    for (const id of jobIds) kept.forget(id);
    if (!lost) return;
    const name = lost.job ? nameOf(lost.job) : (lost.asked.fileName ?? `file ${lost.asked.fileIds[0]}`);
    const text = shown.length === 1 ? `The service no longer knows ${name}.` : `The service no longer knows ${shown.length} downloads.`;
    const files = lost.asked;
    const again = { label: 'Prepare again', run: () => ask([askedOnce(files, lost.place.rowId)]) };
    toasts.show(shown.length === 1 ? { text, action: again } : { text });
  }

  async function copy(text: string, what: string): Promise<void> {
    const copied = await copyText(text);
    toasts.show({ text: copied ? `${what} copied` : `Could not copy. ${what}: ${text}` });
  }

  function failed(text: string, again: () => void): void {
    toasts.show({ text, action: { label: 'Try again', run: again } });
  }

  const nameOf = (job: Job) => jobName(job, kept.snapshot().jobs.get(job.jobId)?.asked.fileName ?? null);
  const namesOf = (jobs: readonly Job[]) => (jobs.length === 1 ? nameOf(jobs[0]!) : `${jobs.length} downloads`);
  const see = (jobId: string) => kept.change(jobId, { seen: true });

  return { askFor, resume, discard, cancel, cancelAll, askAgain, remove, clearFinished, download, downloadAll, missing, copy, see, tellMe };
}

type CancelOutcome = 'cancelled' | 'ready' | 'ended' | 'refused';

function cancelWords(cancelled: number, finished: number, refused: number): string {
  const were = (count: number) => `${count} ${count === 1 ? 'was' : 'were'}`;
  const parts = [
    cancelled > 0 && `${cancelled} cancelled`,
    finished > 0 && `${were(finished)} already finished`,
    refused > 0 && `${refused} could not be cancelled`,
  ];
  return `${parts.filter(Boolean).join(', ')}.`;
}

function saveFrom(address: string): void {
  const link = document.createElement('a');
  link.href = address;
  link.download = '';
  link.click();
}

export type DownloadActions = ReturnType<typeof createActions>;

const pause = (ms: number) => new Promise<void>((wake) => setTimeout(wake, ms));

function askedOnce(asked: Intent['asked'], rowId: string): Intent {
  const clientRequestId = crypto.randomUUID();
  const archiveName = asked.fileIds.length > 1 ? asked.fileName : null;
  const place = { rowId: `${rowId}-again`, askedAt: new Date().toISOString() };
  return { clientRequestId, place, asked: { ...asked, clientRequestId }, archiveName, retryOf: null, tellMe: false };
}

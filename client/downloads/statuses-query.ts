import { queryOptions, type QueryClient } from '@tanstack/react-query';
import { idsPerPoll, type StatusesResponse } from '#shared/download-api.ts';
import { ApiError } from '../api/api-error.ts';
import { failAgain, mustWait, toldFailure } from '../api/poll-failure.ts';
import { fetchStatuses } from '../api/statuses-api.ts';
import { dueJobs, nextEndInMs } from './due-jobs.ts';
import type { KeptDownloads } from './kept-downloads.ts';
import { catchUpAfterMs, nextPoll, type PollAnswer } from './poll-rhythm.ts';
import type { TabWord } from './tab-word.ts';

export const statusesKey = ['statuses'];

interface PollPorts {
  kept: KeptDownloads;
  onMissing: (ids: string[]) => void;
  /** Tells the other tabs what came of it. */
  tell: (word: TabWord) => void;
}

/**
 * Asks about all due jobs in one go and tells `kept` what it heard. The key has no ids: a job that comes or goes changes what
 * the next poll asks, and must not cost a poll of its own.
 */
export const statusesQuery = (ports: PollPorts, { enabled, hidden }: { enabled: boolean; hidden: boolean }) =>
  queryOptions({
    queryKey: statusesKey,
    queryFn: async ({ signal, client }): Promise<PollAnswer> => {
      const { kept, onMissing, tell } = ports;
      const ids = dueJobs(kept.snapshot(), Date.now());
      try {
        const answers = await Promise.all(inBatches(ids).map((batch) => hearOf(batch, ports, signal)));
        const missing = answers.flatMap((answer) => answer.missing);
        if (missing.length > 0) onMissing(missing);
        const poll = { nextPollInMs: waitAfter(answers, ids, kept), heardAt: ids.length > 0 ? Date.now() : heardBefore(client) };
        tell({ poll });
        return poll;
      } catch (cause) {
        signal.throwIfAborted();
        const failure = failAgain(client.getQueryState(statusesKey)?.error, cause);
        tell({ failure: toldFailure(failure) });
        throw failure;
      }
    },
    enabled,
    // Data from the start, so that the count of failures is kept when the very first poll fails.
    initialData: { nextPollInMs: null, heardAt: null },
    initialDataUpdatedAt: 0,
    refetchInterval: ({ state }) => nextPoll(state, hidden),
    refetchIntervalInBackground: true,
    staleTime: ({ state }) => (mustWait(state.error) ? 'static' : catchUpAfterMs(hidden)),
    refetchOnReconnect: 'always',
    retry: false,
  });

async function hearOf(batch: readonly string[], { kept, tell }: PollPorts, signal: AbortSignal): Promise<StatusesResponse> {
  try {
    const answer = await fetchStatuses(batch, signal);
    kept.hearAll(answer.jobs);
    tell({ jobs: answer.jobs });
    return answer;
  } catch (error) {
    if (error instanceof ApiError && error.status !== 429 && error.status !== 401) {
      kept.countFailedPoll(batch);
      tell({ failed: [...batch] });
    }
    throw error;
  }
}

/** Puts the next poll no later than a newly asked job wants it. After a failure its wait stands. */
export function pollSoon(client: QueryClient, inMs: number): void {
  if (client.getQueryState(statusesKey)?.status === 'error') return;
  client.setQueryData<PollAnswer>(statusesKey, (known) => ({
    nextPollInMs: Math.min(known?.nextPollInMs ?? inMs, inMs),
    heardAt: known?.heardAt ?? null,
  }));
}

const longestPauseMs = 15_000;
const soonMs = 1000;

/** Starts asking again when another tab brought a job while this one had nothing to ask but when a file runs out. */
export function wakePolling(client: QueryClient, kept: KeptDownloads): void {
  const wait = client.getQueryData<PollAnswer>(statusesKey)?.nextPollInMs ?? Infinity;
  if (wait > longestPauseMs && dueJobs(kept.snapshot(), Date.now()).length > 0) pollSoon(client, soonMs);
}

function waitAfter(answers: readonly StatusesResponse[], asked: readonly string[], kept: KeptDownloads): number | null {
  const snapshot = kept.snapshot();
  const askedNow = new Set(asked);
  const cameMeanwhile = dueJobs(snapshot, Date.now()).some((jobId) => !askedNow.has(jobId));
  const waits = [...answers.map((answer) => answer.nextPollInMs), nextEndInMs(snapshot, Date.now()), cameMeanwhile ? soonMs : null];
  const known = waits.filter((wait) => wait !== null);
  return known.length === 0 ? null : Math.min(...known);
}

function heardBefore(client: QueryClient): number | null {
  return client.getQueryData<PollAnswer>(statusesKey)?.heardAt ?? null;
}

function inBatches(ids: readonly string[]): string[][] {
  const count = Math.ceil(ids.length / idsPerPoll);
  return Array.from({ length: count }, (_, index) => ids.slice(index * idsPerPoll, (index + 1) * idsPerPoll));
}

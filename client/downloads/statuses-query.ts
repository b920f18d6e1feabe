import { queryOptions, type QueryClient } from '@tanstack/react-query';
import { idsPerPoll, type StatusesResponse } from '#shared/download-api.ts';
import { fetchStatuses } from '../api/statuses-api.ts';
import { dueJobs, nextEndInMs } from './due-jobs.ts';
import type { KeptDownloads } from './kept-downloads.ts';
import { ApiError } from '../api/api-error.ts';
import { PollFailure } from '../api/poll-failure.ts';
import { nextPoll, type PollAnswer } from './poll-rhythm.ts';

export const statusesKey = ['statuses'];

/**
 * Asks about all due jobs in one go and tells `kept` what it heard. The key has no ids: a job that comes or goes changes what
 * the next poll asks, and must not cost a poll of its own.
 */
export const statusesQuery = (kept: KeptDownloads, onMissing: (ids: string[]) => void) =>
  queryOptions({
    queryKey: statusesKey,
    queryFn: async ({ signal, client }): Promise<PollAnswer> => {
      const ids = dueJobs(kept.snapshot(), Date.now());
      try {
        const answers = await Promise.all(inBatches(ids).map((batch) => hearOf(batch, kept, signal)));
        const missing = answers.flatMap((answer) => answer.missing);
        if (missing.length > 0) onMissing(missing);
        return { nextPollInMs: waitAfter(answers, kept), heardAt: ids.length > 0 ? Date.now() : heardBefore(client) };
      } catch (cause) {
        signal.throwIfAborted();
        throw new PollFailure(client.getQueryState(statusesKey)?.error, cause);
      }
    },
    // Data from the start, so that the count of failures is kept when the very first poll fails.
    initialData: { nextPollInMs: null, heardAt: null },
    initialDataUpdatedAt: 0,
    refetchInterval: ({ state }) => nextPoll(state),
    staleTime: ({ state }) => nextPoll(state) || 0,
    refetchOnReconnect: 'always',
    retry: false,
  });

async function hearOf(batch: readonly string[], kept: KeptDownloads, signal: AbortSignal): Promise<StatusesResponse> {
  try {
    const answer = await fetchStatuses(batch, signal);
    for (const job of answer.jobs) kept.hear(job);
    return answer;
  } catch (error) {
    if (error instanceof ApiError && error.status !== 429) kept.countFailedPoll(batch);
    throw error;
  }
}

/** Puts the next poll no later than a newly asked job wants it. */
export function pollSoon(client: QueryClient, inMs: number): void {
  client.setQueryData<PollAnswer>(statusesKey, (known) => ({
    nextPollInMs: Math.min(known?.nextPollInMs ?? inMs, inMs),
    heardAt: known?.heardAt ?? null,
  }));
}

/** Starts asking again when another tab brought a job while this one had nothing to ask. */
export function wakePolling(client: QueryClient, kept: KeptDownloads): void {
  const resting = client.getQueryData<PollAnswer>(statusesKey)?.nextPollInMs == null;
  if (resting && dueJobs(kept.snapshot(), Date.now()).length > 0) pollSoon(client, 1000);
}

function waitAfter(answers: readonly StatusesResponse[], kept: KeptDownloads): number | null {
  const waits = answers.map((answer) => answer.nextPollInMs).concat(nextEndInMs(kept.snapshot(), Date.now()));
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

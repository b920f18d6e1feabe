import type { QueryClient } from '@tanstack/react-query';
import { PollFailure, toldFailure } from '../api/poll-failure.ts';
import { failureAsTold } from '../api/told-failure.ts';
import type { KeptDownloads } from './kept-downloads.ts';
import type { PollAnswer } from './poll-rhythm.ts';
import { pollSoon, statusesKey } from './statuses-query.ts';
import { tabWordSchema, type TabWord } from './tab-word.ts';

export interface HearingPorts {
  kept: KeptDownloads;
  client: QueryClient;
  /** Whether this tab is the one that speaks with the server. */
  leads: () => boolean;
  tell: (word: TabWord) => void;
}

/** Takes over what another tab told, as if this one had asked the server itself. */
export function hearTab(data: unknown, { kept, client, leads, tell }: HearingPorts): void {
  // The other tab may have loaded another version of this page.
  const word = tabWordSchema.safeParse(data);
  if (!word.success) return;
  const { jobs, failed, poll, failure, soonInMs, hello, confirmed } = word.data;
  if (jobs) kept.hearAll(jobs, { store: false });
  if (failed) kept.countFailedPoll(failed);
  if (confirmed) kept.confirm(confirmed);
  if (poll) client.setQueryData<PollAnswer>(statusesKey, poll);
  if (failure) {
    const query = client.getQueryCache().find({ queryKey: statusesKey });
    query?.setState({ error: failureAsTold(failure), status: 'error', isInvalidated: true });
  }
  if (!leads()) return;
  if (soonInMs !== undefined) pollSoon(client, soonInMs);
  if (hello) tell({ confirmed: [...kept.snapshot().confirmed], ...lastPoll(client) });
}

function lastPoll(client: QueryClient): TabWord {
  const state = client.getQueryState<PollAnswer>(statusesKey);
  if (state?.error instanceof PollFailure) return { failure: toldFailure(state.error) };
  return state?.data ? { poll: state.data } : {};
}

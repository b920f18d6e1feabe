import { queryOptions } from '@tanstack/react-query';
import { fetchHealth } from '../api/service-api.ts';
import { failAgain, PollFailure } from '../api/poll-failure.ts';

const healthKey = ['health'];
const everyMs = 30_000;

/** How the service is, asked every 30 s while somebody looks. */
export const healthQuery = () =>
  queryOptions({
    queryKey: healthKey,
    queryFn: async ({ signal, client }) => {
      try {
        return await fetchHealth(signal);
      } catch (cause) {
        signal.throwIfAborted();
        throw failAgain(client.getQueryState(healthKey)?.error, cause);
      }
    },
    refetchInterval: ({ state }) => (state.error instanceof PollFailure ? state.error.retryInMs : everyMs),
    staleTime: everyMs,
    refetchOnReconnect: 'always',
    retry: false,
  });

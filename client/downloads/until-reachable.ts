import { onlineManager, type QueryClient } from '@tanstack/react-query';

/** Resolves after the given time, or at once when the connection comes back; null waits for the connection alone. */
export function untilReachable(client: QueryClient, ms: number | null): Promise<void> {
  return new Promise((resolve) => {
    const timer = ms === null ? undefined : setTimeout(finish, ms);
    const stopListening = onlineManager.subscribe((online) => {
      if (online) finish();
    });
    const stopWatching = onRecovery(client, finish);
    function finish(): void {
      clearTimeout(timer);
      stopListening();
      stopWatching();
      resolve();
    }
  });
}

/** Calls back when a question that had failed is answered: the service is there again. */
function onRecovery(client: QueryClient, listener: () => void): () => void {
  const failing = new Set<string>();
  for (const { queryHash, state } of client.getQueryCache().getAll()) if (state.status === 'error') failing.add(queryHash);
  return client.getQueryCache().subscribe(({ query: { queryHash, state } }) => {
    if (state.status === 'error') failing.add(queryHash);
    else if (failing.has(queryHash) && state.status === 'success') listener();
  });
}

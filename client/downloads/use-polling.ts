import { onlineManager, useQuery } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import { healthQuery } from '../health/health-query.ts';
import { connectionOf, type Connection } from './connection.ts';
import { useDownloads } from './downloads-context.tsx';
import type { DownloadsSnapshot } from './kept-downloads.ts';
import { statusesQuery } from './statuses-query.ts';

const subscribeOnline = (listener: () => void) => onlineManager.subscribe(listener);

interface Polling {
  connection: Connection;
  /** When the server last told of jobs, in this visit or an earlier one. */
  knownAt: number | null;
  tryNow: () => void;
}

/** Keeps asking for the followed jobs, and says how that goes. */
export function usePolling(): Polling {
  const { kept, act } = useDownloads();
  const online = useSyncExternalStore(subscribeOnline, () => onlineManager.isOnline());
  const statuses = useQuery(statusesQuery(kept, (ids) => act((actions) => actions.missing(ids))));
  const health = useQuery(healthQuery());
  const connection = connectionOf({ online, pollFailure: statuses.error, healthFailure: health.error });
  const tryNow = () => {
    // The browser may be wrong about being offline: ask once all the same.
    onlineManager.setOnline(true);
    void Promise.all([statuses.refetch(), health.refetch()]).then(() => onlineManager.setOnline(navigator.onLine));
  };
  return {
    connection,
    knownAt: statuses.data?.heardAt ?? lastPolled(kept.snapshot()),
    tryNow,
  };
}

function lastPolled({ jobs }: DownloadsSnapshot): number | null {
  const moments = [...jobs.values()].map((tracked) => Date.parse(tracked.lastPolled));
  return moments.length === 0 ? null : Math.max(...moments);
}

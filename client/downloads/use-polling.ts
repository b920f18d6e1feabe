import { onlineManager, useQuery } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import { PollFailure } from '../api/poll-failure.ts';
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
  /** Polls of the jobs that failed in a row although the service answers otherwise. */
  failedPolls: number;
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
  const failures = statuses.error instanceof PollFailure ? statuses.error.failures : 0;
  return {
    connection,
    knownAt: statuses.data?.heardAt ?? lastPolled(kept.snapshot()),
    failedPolls: health.status === 'success' ? failures : 0,
    tryNow,
  };
}

function lastPolled({ jobs }: DownloadsSnapshot): number | null {
  const moments = [...jobs.values()].map((tracked) => Date.parse(tracked.lastPolled));
  return moments.length === 0 ? null : Math.max(...moments);
}

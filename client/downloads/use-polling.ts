import { onlineManager, useQuery } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import { useHidden } from '../ui/use-hidden.ts';
import { healthQuery } from '../health/health-query.ts';
import { connectionOf, type Connection } from './connection.ts';
import { useDownloads, useDownloadsSnapshot } from './downloads-context.tsx';
import type { DownloadsSnapshot } from './kept-downloads.ts';
import { statusesQuery } from './statuses-query.ts';

const subscribeOnline = (listener: () => void) => onlineManager.subscribe(listener);

interface Polling {
  connection: Connection;
  /** When the server last told of jobs, in this visit or an earlier one. */
  knownAt: number | null;
  tryNow: () => void;
}

/** Keeps asking for the followed jobs while this tab leads, and says how that goes. */
export function usePolling(): Polling {
  const { kept, act, leadership, tellTabs } = useDownloads();
  const snapshot = useDownloadsSnapshot();
  const online = useSyncExternalStore(subscribeOnline, () => onlineManager.isOnline());
  const leads = useSyncExternalStore(leadership.subscribe, leadership.leads);
  const hidden = useHidden();
  const ports = { kept, tell: tellTabs, onMissing: (ids: string[]) => act((actions) => actions.missing(ids)) };
  const statuses = useQuery(statusesQuery(ports, { enabled: leads && (!hidden || isAwaited(snapshot)), hidden }));
  const health = useQuery(healthQuery());
  const connection = connectionOf({ online, pollFailure: statuses.error, healthFailure: health.error });
  const tryNow = () => {
    // The browser may be wrong about being offline: ask once all the same.
    onlineManager.setOnline(true);
    void Promise.all([statuses.refetch(), health.refetch()]).then(() => onlineManager.setOnline(navigator.onLine));
  };
  return {
    connection,
    knownAt: statuses.data?.heardAt ?? lastPolled(snapshot),
    tryNow,
  };
}

/** Whether somebody who has turned away wants to be told of something. */
function isAwaited({ jobs }: DownloadsSnapshot): boolean {
  return [...jobs.values()].some(({ tellMe, job }) => tellMe && job?.settled === false);
}

function lastPolled({ jobs }: DownloadsSnapshot): number | null {
  const moments = [...jobs.values()].map((tracked) => Date.parse(tracked.lastPolled));
  return moments.length === 0 ? null : Math.max(...moments);
}

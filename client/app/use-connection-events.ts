import { useEffect, useRef } from 'react';
import type { Connection } from '../downloads/connection.ts';
import { useDownloads } from '../downloads/downloads-context.tsx';

const worthTellingMs = 10_000;

/** Says once that the connection is lost and once that it is back; shows the latter only after a long time without. */
export function useConnectionEvents({ state }: Connection): void {
  const { announcer, toasts } = useDownloads();
  const lostAt = useRef<number | null>(null);
  const lost = state === 'offline' || state === 'failing';
  useEffect(() => {
    if (state === 'signed-out') announcer.say('Please sign in again.', 'connection');
  }, [state, announcer]);
  useEffect(() => {
    if (lost) {
      lostAt.current = Date.now();
      announcer.say('No connection. Trying again.', 'connection');
    } else if (lostAt.current !== null) {
      if (Date.now() - lostAt.current > worthTellingMs) toasts.show({ text: 'Connected again', quiet: true });
      lostAt.current = null;
      announcer.say('Connected again.', 'connection');
    }
  }, [lost, announcer, toasts]);
}

import { useSyncExternalStore } from 'react';
import type { Announcer } from './announcer.ts';

/** The page's only live region, there from the first paint. */
export function LiveRegion({ announcer }: { announcer: Announcer }) {
  const spoken = useSyncExternalStore(announcer.subscribe, announcer.spoken);
  return (
    <div className="unseen" role="status" aria-live="polite">
      {spoken}
    </div>
  );
}

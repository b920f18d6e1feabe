import { onlineManager, QueryClientProvider } from '@tanstack/react-query';
import { lazy, Suspense, useEffect, useState } from 'react';
import { DownloadsContext } from '../downloads/downloads-context.tsx';
import { wakePolling } from '../downloads/statuses-query.ts';
import { LiveRegion } from '../ui/live-region.tsx';
import { createParts, type Parts } from './create-parts.ts';
import { ErrorBoundary } from './error-boundary.tsx';
import { Page } from './page.tsx';

const ToastView = lazy(() => import('../ui/toast-view.tsx'));

/** The whole page with everything it stands on. */
export function App() {
  const [parts] = useState(createParts);
  useEffect(() => connect(parts), [parts]);
  return (
    <ErrorBoundary>
      <QueryClientProvider client={parts.client}>
        <DownloadsContext value={parts}>
          <Page />
          <Suspense>
            <ToastView toasts={parts.toasts} />
          </Suspense>
          <LiveRegion announcer={parts.announcer} />
        </DownloadsContext>
      </QueryClientProvider>
    </ErrorBoundary>
  );
}

/** Ties the parts to the browser: other tabs, its connection, and what earlier visits left to be sent. */
function connect({ client, kept, act }: Parts): () => void {
  onlineManager.setOnline(navigator.onLine);
  act(() => {});
  const endings = [kept.listenTo(window), kept.onForeignChange(() => wakePolling(client, kept))];
  return () => endings.forEach((end) => end());
}

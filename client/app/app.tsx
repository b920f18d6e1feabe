import { onlineManager, QueryClient, QueryCache, QueryClientProvider } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { ApiError } from '../api/api-error.ts';
import { PollFailure } from '../api/poll-failure.ts';
import { announcementOf } from '../downloads/announcements.ts';
import { capabilitiesQuery } from '../downloads/capabilities-query.ts';
import { createActions } from '../downloads/download-actions.ts';
import { DownloadsContext, type Downloads } from '../downloads/downloads-context.tsx';
import { KeptDownloads } from '../downloads/kept-downloads.ts';
import { limitsOf } from '../downloads/limits.ts';
import { wakePolling } from '../downloads/statuses-query.ts';
import { browserStorage, browserUserId } from '../downloads/user-id.ts';
import { Announcer } from '../ui/announcer.ts';
import { LiveRegion } from '../ui/live-region.tsx';
import { ToastView } from '../ui/toast-view.tsx';
import { Toasts } from '../ui/toasts.ts';
import { ErrorBoundary } from './error-boundary.tsx';
import { Page } from './page.tsx';

interface Parts extends Downloads {
  client: QueryClient;
}

/** The whole page with everything it stands on. */
export function App() {
  const [parts] = useState(createParts);
  useEffect(() => connect(parts), [parts]);
  return (
    <ErrorBoundary>
      <QueryClientProvider client={parts.client}>
        <DownloadsContext value={parts}>
          <Page />
          <ToastView toasts={parts.toasts} />
          <LiveRegion announcer={parts.announcer} />
        </DownloadsContext>
      </QueryClientProvider>
    </ErrorBoundary>
  );
}

function createParts(): Parts {
  const storage = browserStorage();
  const kept = new KeptDownloads(storage);
  const toasts = new Toasts();
  const announcer = new Announcer();
  const client = new QueryClient({ queryCache: new QueryCache({ onError: (error) => sayWhenSlowedDown(error, toasts) }) });
  const actions = createActions({ kept, client, toasts, userId: browserUserId(storage) });
  return { client, kept, actions, toasts, announcer };
}

/** Ties the parts to the browser: other tabs, its connection, and what earlier visits left to be sent. */
function connect({ client, kept, actions, announcer }: Parts): () => void {
  onlineManager.setOnline(navigator.onLine);
  actions.resume();
  const endings = [
    kept.listenTo(window),
    kept.onNews((news) => {
      const limits = limitsOf(client.getQueryData(capabilitiesQuery().queryKey));
      const text = announcementOf(news, limits);
      if (text !== null) announcer.say(text, news.after.jobId);
    }),
    kept.onForeignChange(() => wakePolling(client, kept)),
  ];
  return () => endings.forEach((end) => end());
}

function sayWhenSlowedDown(error: unknown, toasts: Toasts): void {
  if (!(error instanceof PollFailure) || !(error.cause instanceof ApiError) || error.cause.status !== 429) return;
  const seconds = Math.ceil(error.retryInMs / 1000);
  toasts.show({ text: `Slowing down for ${seconds} s. Your downloads are not affected.` });
}

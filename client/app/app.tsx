import { onlineManager, QueryClientProvider } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { DownloadsContext } from '../downloads/downloads-context.tsx';
import type { JobNews } from '../downloads/kept-downloads.ts';
import { wakePolling } from '../downloads/statuses-query.ts';
import { Messages } from '../ui/messages.tsx';
import { createParts, type Parts } from './create-parts.ts';
import { Page } from './page.tsx';

/** The whole page with everything it stands on. */
export function App() {
  const [parts] = useState(createParts);
  useEffect(() => connect(parts), [parts]);
  return (
    <QueryClientProvider client={parts.client}>
      <DownloadsContext value={parts}>
        <Page />
        <Messages toasts={parts.toasts} announcer={parts.announcer} />
      </DownloadsContext>
    </QueryClientProvider>
  );
}

const othersFirstMs = 1000;

/** Ties the parts to the browser: other tabs, its connection, and what earlier visits left to be sent. */
function connect({ client, kept, act, isActing, leadership, talk }: Parts): () => void {
  onlineManager.setOnline(navigator.onLine);
  const resume = (afterMs: number) => {
    if (kept.snapshot().intents.length > 0) act((actions) => void actions.resume(afterMs));
  };
  resume(0);
  const tell = (news: JobNews) => {
    if (isActing() || news.before?.status !== news.after.status) act((actions) => actions.tell(news));
  };
  const follow = () => {
    wakePolling(client, kept);
    resume(othersFirstMs);
  };
  const endings = [kept.listenTo(window), kept.onNews(tell), kept.onForeignChange(follow), leadership.start(), talk.start()];
  return () => endings.forEach((end) => end());
}

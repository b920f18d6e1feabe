import './page.css';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { capabilitiesQuery } from '../downloads/capabilities-query.ts';
import { DownloadList } from '../downloads/download-list.tsx';
import { useDownloadsSnapshot } from '../downloads/downloads-context.tsx';
import { FilterBar } from '../downloads/filter-bar.tsx';
import { isFilter, type Filter } from '../downloads/filters.ts';
import { FirstRun } from '../downloads/first-run.tsx';
import { countRows, headlineWords } from '../downloads/headline-words.ts';
import { Headline } from '../downloads/headline.tsx';
import { jobIdIn } from '../downloads/job-address.tsx';
import { limitsOf } from '../downloads/limits.ts';
import { rowsOf } from '../downloads/rows.ts';
import { SkeletonRows } from '../downloads/skeleton-rows.tsx';
import { usePolling } from '../downloads/use-connection.ts';
import { goTo, useAddress } from '../ui/address.ts';
import { Button } from '../ui/button.tsx';
import { useNow } from '../ui/use-now.ts';
import { focusRow } from './focus-row.ts';
import { PageTitle } from './page-title.tsx';
import { TopBar } from './top-bar.tsx';
import { useConnectionEvents } from './use-connection-events.ts';
import { useShortcut } from './use-shortcut.ts';

const NewDownloadDialog = lazy(() => import('../downloads/new-download/new-download-dialog.tsx'));
const JobDrawer = lazy(() => import('../downloads/drawer/job-drawer.tsx'));

/** The dashboard: what is ready, what is on the way, and where to ask for more. */
export function Page() {
  const now = useNow();
  const address = useAddress();
  const snapshot = useDownloadsSnapshot();
  const { connection, heardAt, failedPolls, tryNow } = usePolling();
  const limits = limitsOf(useQuery(capabilitiesQuery()).data);
  const [askFor, setAskFor] = useState<string | null>(null);
  useConnectionEvents(connection);
  useShortcut('n', () => setAskFor(''));

  const stale = connection.state !== 'ok';
  const around = { now, stale, failedPolls, limits };
  const rows = rowsOf(snapshot, around);
  const jobId = jobIdIn(address);
  const show = address.searchParams.get('show');
  const filter = isFilter(show) ? show : 'all';
  const choose = (chosen: Filter) => goTo(chosen === 'all' ? '/' : `/?show=${chosen}`, { replace: true });
  const showRow = (rowId: string) => {
    if (filter !== 'active') choose('all');
    focusRow(rowId);
  };
  const counts = countRows(rows);
  const unread = [...snapshot.jobs.values()].filter((tracked) => tracked.job === null).length;
  const lastPolled = [...snapshot.jobs.values()].map((tracked) => Date.parse(tracked.lastPolled));
  const knownAt = heardAt ?? (lastPolled.length > 0 ? Math.max(...lastPolled) : null);
  const firstRun = rows.length === 0 && unread === 0;

  return (
    <>
      <PageTitle ready={counts.ready} />
      <TopBar reachable={connection.state !== 'offline'} />
      <main className="page page-width">
        {firstRun && !stale ? (
          <FirstRun onAsk={setAskFor} />
        ) : (
          <>
            <Headline
              words={headlineWords(rows, now)}
              connection={connection}
              knownAt={knownAt}
              now={now}
              onTryNow={tryNow}
              onNew={() => setAskFor('')}
            />
            <FilterBar chosen={filter} counts={counts} onChoose={choose} />
            {unread > 0 && <SkeletonRows count={unread} />}
            {(rows.length > 0 || unread === 0) && (
              <DownloadList
                rows={rows}
                filter={filter}
                limits={limits}
                stale={stale}
                now={now}
                onShowAll={() => choose('all')}
              />
            )}
          </>
        )}
      </main>
      <div className="dock narrow-only">
        <Button look="ink" icon="plus" onClick={() => setAskFor('')}>
          New download
        </Button>
      </div>
      <Suspense>
        {askFor !== null && (
          <NewDownloadDialog text={askFor} rows={rows} onClose={() => setAskFor(null)} onShowRow={showRow} />
        )}
        {jobId !== null && <JobDrawer jobId={jobId} around={around} />}
      </Suspense>
    </>
  );
}

import { Suspense } from 'react';
import { useAddress } from '../ui/address.ts';
import { Button } from '../ui/button.tsx';
import { latePart } from '../ui/late-part.ts';
import { useRested } from '../ui/use-rested.ts';
import type { Connection } from './connection.ts';
import { DownloadList } from './download-list.tsx';
import { useDownloadsSnapshot } from './downloads-context.tsx';
import { countRows, headlineWords } from './headline-words.ts';
import { Headline } from './headline.tsx';
import { PageTitle } from './page-title.tsx';
import { rowsOf, type RowSurroundings } from './rows.ts';
import { SkeletonRows } from './skeleton-rows.tsx';
import { Toolbar } from './toolbar.tsx';
import { viewIn } from './view.ts';

const OlderDownloads = latePart(() => import('./older-downloads.tsx'));
const olderAfterMs = 3000;

interface DashboardProps {
  around: RowSurroundings;
  connection: Connection;
  knownAt: number | null;
  onTryNow: () => void;
  onNew: () => void;
}

/** What is ready, what is on the way, and everything before it. */
export function Dashboard({ around, connection, knownAt, onTryNow, onNew }: DashboardProps) {
  const snapshot = useDownloadsSnapshot();
  const view = viewIn(useAddress());
  const rested = useRested(olderAfterMs);
  const rows = rowsOf(snapshot, around);
  const counts = countRows(rows);
  // Kept by another version of this page: they are there, but what they are the server has to say.
  const unread = [...snapshot.jobs.values()].filter((tracked) => tracked.job === null).length;
  return (
    <>
      <PageTitle ready={counts.ready} />
      <Headline
        words={unread > rows.length ? null : headlineWords(rows, around.now)}
        connection={connection}
        knownAt={knownAt}
        now={around.now}
        onTryNow={onTryNow}
        onNew={onNew}
      />
      <Toolbar view={view} rows={rows} counts={counts} blocked={around.stale} />
      {unread > 0 && (
        <>
          <p className="still-loading">
            Still loading your downloads.
            <Button look="quiet" onClick={onTryNow}>
              Try again
            </Button>
          </p>
          <SkeletonRows count={unread} />
        </>
      )}
      {(rows.length > 0 || unread === 0) && <DownloadList rows={rows} view={view} around={around} />}
      <Suspense>
        {rested && <OlderDownloads listed={counts.all} blocked={around.stale} />}
      </Suspense>
    </>
  );
}

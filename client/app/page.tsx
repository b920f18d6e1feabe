import './page.css';
import { useQuery } from '@tanstack/react-query';
import { Suspense, useState } from 'react';
import { latePart } from '../ui/late-part.ts';
import { capabilitiesQuery } from '../downloads/capabilities-query.ts';
import { Dashboard } from '../downloads/dashboard.tsx';
import { useDownloads, useDownloadsSnapshot } from '../downloads/downloads-context.tsx';
import { FirstRun } from '../downloads/first-run.tsx';
import { hasDownloads } from '../downloads/has-downloads.ts';
import { jobIdIn } from '../downloads/job-address.tsx';
import { limitsOf } from '../downloads/limits.ts';
import { NewDownloadDialog } from '../downloads/new-download/new-download-dialog.tsx';
import { usePolling } from '../downloads/use-polling.ts';
import { useAddress } from '../ui/address.ts';
import { Button } from '../ui/button.tsx';
import { useNow } from '../ui/use-now.ts';
import { TopBar } from './top-bar.tsx';
import { useConnectionEvents } from './use-connection-events.ts';
import { useKeyboard } from './use-keyboard.ts';
import { useWarmUp } from './use-warm-up.ts';
import { plusIcon } from '../ui/icons.ts';

const JobDrawer = latePart(() => import('../downloads/drawer/job-drawer.tsx'));
const RememberedDownloads = latePart(() => import('../downloads/remembered-downloads.tsx'));
const ShortcutsDialog = latePart(() => import('./shortcuts-dialog.tsx'));

/** The frame around everything: what is always there, and what the address and the moment ask for. */
export function Page() {
  const now = useNow();
  const address = useAddress();
  const { returning } = useDownloads();
  const snapshot = useDownloadsSnapshot();
  const { connection, knownAt, tryNow } = usePolling();
  const limits = limitsOf(useQuery(capabilitiesQuery()).data);
  const [askFor, setAskFor] = useState<string | null>(null);
  const [helping, setHelping] = useState(false);
  const ask = () => setAskFor('');
  useConnectionEvents(connection);
  useWarmUp();

  const stale = connection.state !== 'ok';
  useKeyboard({ onNew: ask, onHelp: () => setHelping(true), blocked: stale });
  const around = { now, stale, limits };
  const listed = hasDownloads(snapshot) || stale;
  const jobId = jobIdIn(address);
  return (
    <>
      <TopBar reach={connection.state} onHelp={() => setHelping(true)} />
      <main className="page page-width">
        {listed ? (
          <Dashboard around={around} connection={connection} knownAt={knownAt} onTryNow={tryNow} onNew={ask} />
        ) : (
          <FirstRun onAsk={setAskFor} />
        )}
      </main>
      {listed && (
        <div className="dock narrow-only">
          <Button look="ink" icon={plusIcon} onClick={ask}>
            New download
          </Button>
        </div>
      )}
      {askFor !== null && <NewDownloadDialog text={askFor} around={around} onClose={() => setAskFor(null)} />}
      <Suspense>
        {jobId !== null && <JobDrawer jobId={jobId} around={around} />}
        {!listed && returning && <RememberedDownloads />}
        {helping && <ShortcutsDialog onClose={() => setHelping(false)} />}
      </Suspense>
    </>
  );
}

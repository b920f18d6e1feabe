import './job-drawer.css';
import { leaveFor } from '../../ui/address.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { Modal } from '../../ui/modal.tsx';
import { useDownloads } from '../downloads-context.tsx';
import { jobLink } from '../job-link.ts';
import { RowMenu } from '../row-menu.tsx';
import type { RowSurroundings } from '../rows.ts';
import { JobDetails } from './job-details.tsx';
import { useDrawerRow } from './use-drawer-row.ts';
import { closeIcon, retryIcon } from '../../ui/icons.ts';
import { linkIcon } from './drawer-icons.ts';

interface JobDrawerProps {
  jobId: string;
  around: RowSurroundings;
}

/** All there is to know of one job, at an address of its own. */
export default function JobDrawer({ jobId, around }: JobDrawerProps) {
  const { act } = useDownloads();
  const shown = useDrawerRow(jobId, around);
  const close = () => leaveFor(`/${window.location.search}`);
  const label = shown.state === 'found' ? shown.row.name : 'Download details';
  return (
    <Modal className="drawer" label={label} onClose={close}>
      <div className="drawer-bar">
        {shown.state === 'found' && (
          <>
            <Button look="quiet" icon={linkIcon} onClick={() => act((actions) => void actions.copy(jobLink(jobId), 'Link'))}>
              Copy link
            </Button>
            <RowMenu row={shown.row} blocked={around.stale} onRemoved={close} />
          </>
        )}
        <IconButton icon={closeIcon} label="Close" onClick={close} />
      </div>
      <div className="drawer-body">
        {shown.state === 'found' && <JobDetails job={shown.job} row={shown.row} around={around} onLeave={close} />}
        {shown.state === 'loading' && <p className="drawer-notice drawer-late">Looking for this download</p>}
        {shown.state === 'unknown' && (
          <div className="drawer-notice">
            <h2>The service does not know this download.</h2>
            <p>It was removed, or its record has ended. Ask for the file again to get it.</p>
          </div>
        )}
        {shown.state === 'unreachable' && (
          <div className="drawer-notice">
            <h2>The service does not answer.</h2>
            <p>Jobs run on the server and need no page open.</p>
            <Button look="line" icon={retryIcon} onClick={shown.tryAgain}>
              Try again
            </Button>
          </div>
        )}
      </div>
    </Modal>
  );
}

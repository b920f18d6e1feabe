import './job-drawer.css';
import { leaveFor } from '../../ui/address.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { closeIcon, downIcon, retryIcon } from '../../ui/icons.ts';
import { Modal } from '../../ui/modal.tsx';
import { useDownloads } from '../downloads-context.tsx';
import { openDetails } from '../job-address.tsx';
import { jobLink } from '../job-link.ts';
import { RowMenu } from '../row-menu.tsx';
import type { RowSurroundings } from '../rows.ts';
import { focusRow } from '../show-row.ts';
import { linkIcon, upIcon } from './drawer-icons.ts';
import { JobDetails } from './job-details.tsx';
import { neighboursOf } from './neighbours.ts';
import { useDrawerRow } from './use-drawer-row.ts';

interface JobDrawerProps {
  jobId: string;
  around: RowSurroundings;
}

/** All there is to know of one job, at an address of its own. */
export default function JobDrawer({ jobId, around }: JobDrawerProps) {
  const { act } = useDownloads();
  const shown = useDrawerRow(jobId, around);
  const { before, after } = neighboursOf(jobId);
  const row = shown.state === 'found' ? shown.row : null;
  const close = () => {
    leaveFor(`/${window.location.search}`);
    if (row) focusRow(row.rowId);
  };
  return (
    <Modal className="drawer" label={row?.name ?? 'Download details'} onClose={close}>
      <div className="drawer-bar">
        <span className="drawer-walk">
          <IconButton icon={upIcon} label="Previous download" disabled={before === null} onClick={() => before && openDetails(before)} />
          <IconButton icon={downIcon} label="Next download" disabled={after === null} onClick={() => after && openDetails(after)} />
        </span>
        {shown.state === 'found' && (
          <>
            <Button look="quiet" icon={linkIcon} onClick={() => act((actions) => void actions.copy(jobLink(jobId), 'Link'))}>
              Copy link
            </Button>
            <RowMenu row={shown.row} blocked={around.stale} onRemoved={close} mine={shown.mine} />
          </>
        )}
        <IconButton icon={closeIcon} label="Close" onClick={close} />
      </div>
      <div className="drawer-body" key={jobId}>
        {shown.state === 'found' && <JobDetails job={shown.job} row={shown.row} around={around} onLeave={close} />}
        {shown.state === 'loading' && <p className="drawer-notice drawer-late">Looking for this download</p>}
        {shown.state === 'unknown' && (
          <div className="drawer-notice">
            <h2 className="modal-title">The service does not know this download.</h2>
            <p>It was removed, or its record has ended. Ask for the file again to get it.</p>
          </div>
        )}
        {shown.state === 'unreachable' && (
          <div className="drawer-notice">
            <h2 className="modal-title">The service does not answer.</h2>
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

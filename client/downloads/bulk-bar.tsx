import './bulk-bar.css';
import { useState } from 'react';
import { Button, IconButton } from '../ui/button.tsx';
import { closeIcon, downloadIcon } from '../ui/icons.ts';
import { useDownloads } from './downloads-context.tsx';
import { ConfirmCancel } from './confirm-cancel.tsx';
import { isActive } from './row-state.ts';
import { select, selectedRows } from './selection.ts';

const askFrom = 5;

/** What can be done with all that is selected; actions that fit none of it are left out. */
export default function BulkBar({ blocked }: { blocked: boolean }) {
  const { act } = useDownloads();
  const [asking, setAsking] = useState(false);
  const rows = selectedRows();
  const jobs = rows.flatMap(({ job }) => job ?? []);
  const takable = rows.flatMap(({ job, state }) => (job && (state === 'ready' || state === 'downloaded') ? [job] : []));
  const underWay = rows.filter(({ state }) => isActive(state));
  const settled = jobs.filter((job) => job.settled);
  const done = () => select([]);
  const cancel = () => {
    setAsking(false);
    act((actions) => void actions.cancelAll(underWay));
    done();
  };
  const actions = [
    takable.length > 0 && {
      label: `Download ${takable.length}`,
      keys: 'D',
      icon: downloadIcon,
      run: () => act((late) => void late.downloadAll(takable)),
    },
    underWay.length > 0 && { label: `Cancel ${underWay.length}`, keys: 'C', run: underWay.length < askFrom ? cancel : () => setAsking(true) },
    settled.length > 0 && { label: 'Remove', keys: 'Delete', run: () => act((late) => late.remove(settled)) },
  ].filter((action) => action !== false);
  return (
    <>
      <div className="bulk-bar" role="toolbar" aria-label="Selected downloads">
        <strong>{rows.length} selected</strong>
        <s />
        {actions.map(({ label, keys, icon, run }) => (
          <Button
            key={keys}
            look="quiet"
            disabled={blocked}
            aria-keyshortcuts={keys}
            {...(icon && { icon })}
            onClick={() => {
              run();
              if (keys !== 'C') done();
            }}
          >
            {label}
          </Button>
        ))}
        <IconButton icon={closeIcon} label="Clear selection" onClick={done} />
      </div>
      {asking && <ConfirmCancel count={underWay.length} onKeep={() => setAsking(false)} onCancel={cancel} />}
    </>
  );
}

import { downloadPaths } from '#shared/download-api.ts';
import { use, type MouseEvent } from 'react';
import { buttonClass, Button } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import { TabStop } from '../ui/tab-stop.ts';
import { useDownloads } from './downloads-context.tsx';
import { failureWords, type Limits } from './failure-words.ts';
import type { RowState } from './row-state.ts';
import type { Row } from './rows.ts';
import { downloadIcon } from '../ui/icons.ts';

type Offer = 'cancel' | 'discard' | 'download' | 'download-again' | 'try-again' | 'details' | 'prepare-again';

const offers = {
  sending: 'cancel',
  unsent: 'discard',
  queued: 'cancel',
  running: 'cancel',
  'unknown-size': 'cancel',
  packing: 'cancel',
  retrying: 'cancel',
  silent: 'cancel',
  stuck: 'cancel',
  ready: 'download',
  downloaded: 'download-again',
  failed: 'try-again',
  cancelled: 'prepare-again',
  expired: 'prepare-again',
} satisfies Record<RowState, Offer>;

/** The one thing a row offers most. */
export function offerOf({ state, job }: Pick<Row, 'state' | 'job'>, limits: Limits): Offer {
  const retryable = state !== 'failed' || failureWords(job?.errorCode ?? null, limits).worthRetrying;
  return retryable ? offers[state] : 'details';
}

interface RowActionProps {
  row: Row;
  offer: Offer;
  /** Nothing that needs the network can be done now. */
  blocked: boolean;
  onDetails: (jobId: string) => void;
}

export function RowAction({ row, offer, blocked, onDetails }: RowActionProps) {
  const { act } = useDownloads();
  const { job, intent, name } = row;
  const lock = blocked ? { disabled: true, 'aria-describedby': 'headline' } : {};
  const of = (verb: string) => `${verb} ${name}`;
  if (intent) {
    const label = offer === 'cancel' ? 'Cancel' : 'Discard';
    return (
      <Button look="quiet" aria-label={of(label)} onClick={() => act((actions) => actions.discard(intent))}>
        {label}
      </Button>
    );
  }
  if (!job) return null;
  switch (offer) {
    case 'download':
    case 'download-again':
      return <DownloadLink row={row} blocked={blocked} />;
    case 'try-again':
      return (
        <Button look="line" aria-label={of('Try again:')} {...lock} onClick={() => act((actions) => actions.askAgain(job.jobId))}>
          Try again
        </Button>
      );
    case 'prepare-again':
      return (
        <Button look="quiet" aria-label={of('Prepare again:')} {...lock} onClick={() => act((actions) => actions.askAgain(job.jobId))}>
          Prepare again
        </Button>
      );
    case 'details':
      return (
        <Button look="line" aria-label={of('Details:')} onClick={() => onDetails(job.jobId)}>
          Details
        </Button>
      );
    default:
      return (
        <Button look="quiet" aria-label={of('Cancel')} {...lock} onClick={() => act((actions) => void actions.cancel(job))}>
          Cancel
        </Button>
      );
  }
}

/** A link to the file. A plain click is asked about first; every other way of opening it is the browser's. */
export function DownloadLink({ row, blocked }: { row: Row; blocked: boolean }) {
  const { act } = useDownloads();
  const tabIndex = use(TabStop);
  const { job, name, state } = row;
  if (!job) return null;
  const look = state === 'ready' ? 'go' : 'line';
  const label = `Download ${name}`;
  if (blocked) {
    return (
      <Button look={look} icon={downloadIcon} aria-label={label} disabled aria-describedby="headline">
        Download
      </Button>
    );
  }
  const take = (event: MouseEvent) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    act((actions) => void actions.download(job));
  };
  return (
    <a className={buttonClass(look)} href={downloadPaths.download(job.jobId)} aria-label={label} tabIndex={tabIndex} onClick={take}>
      <Icon shape={downloadIcon} />
      Download
    </a>
  );
}

import { downloadPaths } from '#shared/download-api.ts';
import { use, type MouseEvent } from 'react';
import { buttonClass, Button, type ButtonLook } from '../ui/button.tsx';
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

/** Verbs that take the name right after them. */
const shortOf = /^(?:Cancel|Discard)$/;

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
  const button = (label: string, look: ButtonLook, run: () => void, free = false) => (
    <Button
      look={look}
      aria-label={`${label}${shortOf.test(label) ? ' ' : ': '}${name}`}
      disabled={blocked && !free}
      aria-describedby={blocked && !free ? 'headline' : undefined}
      onClick={run}
    >
      {label}
    </Button>
  );
  if (intent) return button(offer === 'cancel' ? 'Cancel' : 'Discard', 'quiet', () => act((actions) => actions.discard(intent)), true);
  if (!job) return null;
  const again = () => act((actions) => actions.askAgain(job.jobId));
  switch (offer) {
    case 'download':
    case 'download-again':
      return <DownloadLink row={row} blocked={blocked} />;
    case 'try-again':
      return button('Try again', 'line', again);
    case 'prepare-again':
      return button('Prepare again', 'quiet', again);
    case 'details':
      return button('Details', 'line', () => onDetails(job.jobId), true);
    default:
      return button('Cancel', 'quiet', () => act((actions) => void actions.cancel(job)));
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

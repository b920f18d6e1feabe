import { MenuLayer, type MenuItem } from '../ui/menu-layer.tsx';
import { useDownloads } from './downloads-context.tsx';
import { jobLink } from './job-link.ts';
import type { RowMenuProps } from './row-menu.tsx';
import { isActive } from './row-state.ts';
import { toggleSelected } from './selection.ts';

interface RowMenuLayerProps extends RowMenuProps {
  label: string;
  layer: { id: string; anchor: HTMLElement; onClose: () => void };
}

/** What is behind a row's three dots. */
export default function RowMenuLayer({ row, blocked, onDetails, onRemoved, mine = true, label, layer }: RowMenuLayerProps) {
  const { act } = useDownloads();
  const { job, intent, state } = row;
  if (intent) {
    const discard = { label: state === 'unsent' ? 'Discard' : 'Cancel', run: () => act((actions) => actions.discard(intent)) };
    return <MenuLayer label={label} layer={layer} items={[discard]} />;
  }
  if (!job) return null;
  const sha256 = job.result.sha256;
  const copy = (text: string, what: string) => act((actions) => void actions.copy(text, what));
  const items: (MenuItem | false)[] = [
    onDetails !== undefined && { label: 'Details', keys: '↵', run: () => onDetails(job.jobId) },
    onDetails !== undefined && { label: 'Select', keys: 'X', only: 'narrow', run: () => toggleSelected(row.rowId) },
    isActive(state) && {
      label: 'Cancel',
      keys: 'C',
      run: () => act((actions) => void actions.cancel(job)),
      disabled: blocked,
      only: 'narrow',
    },
    { label: 'Copy link', keys: 'L', run: () => copy(jobLink(job.jobId), 'Link') },
    sha256 !== null && { label: 'Copy SHA-256', run: () => copy(sha256, 'SHA-256') },
    job.settled && {
      label: 'Prepare again',
      keys: 'R',
      run: () => act((actions) => actions.askAgain(job.jobId, row.tracked)),
      disabled: blocked,
    },
    job.settled && mine && {
      label: 'Remove',
      keys: 'Del',
      run: () => {
        act((actions) => actions.remove([job]));
        onRemoved?.();
      },
      disabled: blocked,
    },
  ];
  return <MenuLayer label={label} layer={layer} items={items.filter((item) => item !== false)} />;
}

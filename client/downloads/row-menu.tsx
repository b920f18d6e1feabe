import { Menu, type MenuItem } from '../ui/menu.tsx';
import { jobLink } from './job-link.ts';
import { useDownloads } from './downloads-context.tsx';
import { isActive } from './row-state.ts';
import type { Row } from './rows.ts';

interface RowMenuProps {
  row: Row;
  blocked: boolean;
  /** Left out where the details are already open. */
  onDetails?: (jobId: string) => void;
  onRemoved?: () => void;
}

/** Everything else that can be done with a row. */
export function RowMenu({ row, blocked, onDetails, onRemoved }: RowMenuProps) {
  const { actions } = useDownloads();
  const { job, intent, state, name } = row;
  const label = `More actions for ${name}`;
  if (intent) {
    const discard = { label: state === 'unsent' ? 'Discard' : 'Cancel', run: () => actions.discard(intent) };
    return <Menu label={label} items={[discard]} />;
  }
  if (!job) return null;
  const sha256 = job.result.sha256;
  const items: (MenuItem | false)[] = [
    onDetails !== undefined && { label: 'Details', run: () => onDetails(job.jobId) },
    isActive(state) && { label: 'Cancel', run: () => void actions.cancel(job), disabled: blocked, narrowOnly: true },
    { label: 'Copy link', run: () => void actions.copy(jobLink(job.jobId), 'Link') },
    sha256 !== null && { label: 'Copy SHA-256', run: () => void actions.copy(sha256, 'SHA-256') },
    job.settled && { label: 'Prepare again', run: () => actions.askAgain(job.jobId), disabled: blocked },
    job.settled && {
      label: 'Remove',
      run: () => {
        actions.remove(job);
        onRemoved?.();
      },
      disabled: blocked,
    },
  ];
  return <Menu label={label} items={items.filter((item) => item !== false)} />;
}

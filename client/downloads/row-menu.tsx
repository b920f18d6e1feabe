import { Suspense } from 'react';
import { latePart } from '../ui/late-part.ts';
import { IconButton } from '../ui/button.tsx';
import { usePopover } from '../ui/use-popover.ts';
import type { Row } from './rows.ts';
import { moreIcon } from '../ui/icons.ts';

const RowMenuLayer = latePart(() => import('./row-menu-layer.tsx'));

export interface RowMenuProps {
  row: Row;
  blocked: boolean;
  /** Left out where the details are already open. */
  onDetails?: (jobId: string) => void;
  onRemoved?: () => void;
  /** False for a job that somebody else asked for: it is theirs to remove. */
  mine?: boolean;
}

/** The three dots, and behind them everything else that can be done with a row. */
export function RowMenu(props: RowMenuProps) {
  const { button, layer } = usePopover();
  const label = `More actions for ${props.row.name}`;
  return (
    <>
      <IconButton icon={moreIcon} label={label} aria-haspopup="menu" {...button} />
      {layer && (
        <Suspense>
          <RowMenuLayer {...props} label={label} layer={layer} />
        </Suspense>
      )}
    </>
  );
}

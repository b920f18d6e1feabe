import { Suspense } from 'react';
import { latePart } from '../ui/late-part.ts';
import { Button } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import { downIcon, sortIcon } from '../ui/icons.ts';
import { usePopover } from '../ui/use-popover.ts';
import { sortLabels, type Sort } from './sort-rows.ts';

const SortMenuLayer = latePart(() => import('./sort-menu-layer.tsx'));

export interface SortMenuProps {
  sort: Sort;
  /** Offered here where the toolbar has no room for a button of its own. */
  clear: { disabled: boolean; run: () => void };
}

/** The order of the list, and the others to choose from. */
export function SortMenu({ sort, clear }: SortMenuProps) {
  const { button, layer } = usePopover();
  return (
    <span className="sort">
      <Button look="quiet" aria-haspopup="menu" aria-label={`Sort: ${sortLabels[sort]}`} {...button}>
        <span className="wide-only">{sortLabels[sort]}</span>
        <span className="wide-only">
          <Icon shape={downIcon} />
        </span>
        <span className="narrow-only">
          <Icon shape={sortIcon} size={20} />
        </span>
      </Button>
      {layer && (
        <Suspense>
          <SortMenuLayer sort={sort} clear={clear} layer={layer} />
        </Suspense>
      )}
    </span>
  );
}

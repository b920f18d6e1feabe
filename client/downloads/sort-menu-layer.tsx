import { MenuLayer, type MenuItem } from '../ui/menu-layer.tsx';
import type { SortMenuProps } from './sort-menu.tsx';
import { sortLabels, sorts } from './sort-rows.ts';
import { changeView } from './view.ts';

interface SortMenuLayerProps extends SortMenuProps {
  layer: { id: string; anchor: HTMLElement; onClose: () => void };
}

/** What the list can be sorted by, and "Clear finished" where the toolbar is short of room. */
export default function SortMenuLayer({ sort, clear, layer }: SortMenuLayerProps) {
  const orders = sorts.map((one): MenuItem => ({ label: sortLabels[one], checked: one === sort, run: () => changeView({ sort: one }) }));
  const clearFinished: MenuItem = { label: 'Clear finished', ...clear, only: 'compact', apart: true };
  return <MenuLayer label="Sort" layer={layer} items={[...orders, clearFinished]} />;
}

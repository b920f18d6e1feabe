import './top-bar.css';
import type { MouseEvent } from 'react';
import type { Reach } from '../health/system-state.ts';
import { SystemStatus } from '../health/system-status.tsx';
import { goTo } from '../ui/address.ts';
import { IconButton } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import { keyboardIcon, markIcon } from '../ui/icons.ts';
import { ThemeButton } from '../ui/theme-button.tsx';

export function TopBar({ reach, onHelp }: { reach: Reach; onHelp: () => void }) {
  const home = (event: MouseEvent) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    goTo('/');
  };
  return (
    <header className="top-bar page-width">
      <a className="brand" href="/" onClick={home}>
        <Icon shape={markIcon} size={26} />
        Downloads
      </a>
      <SystemStatus reach={reach} />
      <ThemeButton />
      <span className="wide-only">
        <IconButton icon={keyboardIcon} size={20} label="Keyboard shortcuts" aria-keyshortcuts="?" onClick={onHelp} />
      </span>
    </header>
  );
}

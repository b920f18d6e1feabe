import './top-bar.css';
import type { MouseEvent } from 'react';
import type { Reach } from '../health/system-state.ts';
import { SystemStatus } from '../health/system-status.tsx';
import { goTo } from '../ui/address.ts';
import { ThemeButton } from '../ui/theme-button.tsx';
import { Mark } from './mark.tsx';

export function TopBar({ reach }: { reach: Reach }) {
  const home = (event: MouseEvent) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    goTo('/');
  };
  return (
    <header className="top-bar page-width">
      <a className="brand" href="/" onClick={home}>
        <Mark />
        Downloads
      </a>
      <SystemStatus reach={reach} />
      <ThemeButton />
    </header>
  );
}

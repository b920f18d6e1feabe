import './top-bar.css';
import type { MouseEvent } from 'react';
import { SystemStatus } from '../health/system-status.tsx';
import { goTo } from '../ui/address.ts';
import { ThemeButton } from '../ui/theme-button.tsx';
import { Mark } from './mark.tsx';

export function TopBar({ reachable }: { reachable: boolean }) {
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
      <SystemStatus reachable={reachable} />
      <ThemeButton />
    </header>
  );
}

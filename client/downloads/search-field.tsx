import { useEffect, useState } from 'react';
import { Icon } from '../ui/icon.tsx';
import { searchIcon } from '../ui/icons.ts';
import { changeView, currentView } from './view.ts';

const debounceMs = 120;

/** Looks through the list a moment after typing stops. The step back leads to the list before the search. */
export function SearchField({ asked }: { asked: string }) {
  const [typed, setTyped] = useState<string | null>(null);
  useEffect(() => {
    if (typed === null) return;
    const timer = setTimeout(() => {
      changeView({ search: typed }, { replace: currentView().search !== '' });
      setTyped(null);
    }, debounceMs);
    return () => clearTimeout(timer);
  }, [typed]);
  return (
    <label className="search">
      <Icon shape={searchIcon} />
      <input
        id="search"
        type="search"
        aria-label="Search your files"
        aria-keyshortcuts="/"
        placeholder="Search your files"
        autoComplete="off"
        spellCheck={false}
        value={typed ?? asked}
        onChange={(event) => setTyped(event.target.value)}
      />
      <kbd aria-hidden="true">/</kbd>
    </label>
  );
}

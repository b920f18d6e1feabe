import { useSyncExternalStore } from 'react';

const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener('popstate', listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener('popstate', listener);
  };
}

const read = () => window.location.pathname + window.location.search;

/** Where the page is: its path and search, as the address bar shows them. */
export function useAddress(): URL {
  return new URL(useSyncExternalStore(subscribe, read), window.location.origin);
}

/** Changes the address without loading anything. A step that was taken here can be taken back, also to another place. */
export function goTo(address: string, { replace = false } = {}): void {
  const change = replace ? 'replaceState' : 'pushState';
  window.history[change]({ steppedHere: !replace || wasSteppedHere() }, '', address);
  for (const listener of listeners) listener();
}

/** Goes back if the last step was taken here, and otherwise to the given address. */
export function leaveFor(address: string): void {
  if (wasSteppedHere()) window.history.back();
  else goTo(address, { replace: true });
}

function wasSteppedHere(): boolean {
  const state: unknown = window.history.state;
  return typeof state === 'object' && state !== null && 'steppedHere' in state && state.steppedHere === true;
}

import { useSyncExternalStore } from 'react';

const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(tick, 1000);
  document.addEventListener('visibilitychange', listener);
  return () => {
    listeners.delete(listener);
    document.removeEventListener('visibilitychange', listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

function tick(): void {
  if (document.hidden) return;
  for (const listener of listeners) listener();
}

// Rounded up, so that what is left of a span is never shown longer than it was told.
const currentSecond = () => Math.ceil(Date.now() / 1000) * 1000;

/** The current time to the second. Stands still while the page is hidden. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, currentSecond);
}

import { createContext, use, useSyncExternalStore } from 'react';
import type { Announcer } from '../ui/announcer.ts';
import type { Toasts } from '../ui/toasts.ts';
import type { DownloadsSnapshot, KeptDownloads } from './kept-downloads.ts';
import type { LateParts } from './late-parts.ts';

export interface Downloads {
  kept: KeptDownloads;
  /** Does something with the downloads, as soon as that part of the page has come. */
  act: (use: (actions: LateParts) => void) => void;
  toasts: Toasts;
  announcer: Announcer;
}

export const DownloadsContext = createContext<Downloads | null>(null);

export function useDownloads(): Downloads {
  const downloads = use(DownloadsContext);
  if (!downloads) throw new Error('The downloads are used outside of their provider.');
  return downloads;
}

export function useDownloadsSnapshot(): DownloadsSnapshot {
  const { kept } = useDownloads();
  return useSyncExternalStore(kept.subscribe, kept.snapshot);
}

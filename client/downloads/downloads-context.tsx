import { createContext, use, useSyncExternalStore } from 'react';
import type { Announcer } from '../ui/announcer.ts';
import type { Toasts } from '../ui/toasts.ts';
import type { DownloadActions } from './download-actions.ts';
import type { DownloadsSnapshot, KeptDownloads } from './kept-downloads.ts';

export interface Downloads {
  kept: KeptDownloads;
  actions: DownloadActions;
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

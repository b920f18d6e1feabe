import { createContext, use, useSyncExternalStore } from 'react';
import type { Announcer } from '../ui/announcer.ts';
import type { Leadership } from '../tabs/leadership.ts';
import type { Toasts } from '../ui/toasts.ts';
import type { DownloadsSnapshot, KeptDownloads } from './kept-downloads.ts';
import type { LateParts } from './late-parts.ts';
import type { TabWord } from './tab-word.ts';

export interface Downloads {
  kept: KeptDownloads;
  /** This browser's own name towards the server. */
  userId: string;
  /** It was here before: the server may remember downloads of it. */
  returning: boolean;
  /** Does something with the downloads, as soon as that part of the page has come. */
  act: (use: (actions: LateParts) => void) => void;
  /** Which of this browser's tabs speaks with the server. */
  leadership: Pick<Leadership, 'subscribe' | 'leads'>;
  tellTabs: (word: TabWord) => void;
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

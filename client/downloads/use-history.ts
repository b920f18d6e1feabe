import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { HistoryResponse } from '#shared/download-api.ts';
import { fetchHistory } from '../api/history-api.ts';
import { useDownloads } from './downloads-context.tsx';
import type { KeptDownloads } from './kept-downloads.ts';
import { recallJobs } from './recall-jobs.ts';

const rowsPerStep = 50;
const mostPagesPerStep = 40;

/** How far the server's history has been looked through. */
interface Reach {
  /** How many of its jobs this page does not have. */
  missing: number;
  /** Where the next page begins: null for the first one. */
  cursor: string | null;
}

export interface History {
  /** How many more downloads the server remembers than are listed; 0 while that is not known. */
  missing: number;
  state: 'idle' | 'loading' | 'failed';
  showOlder: () => void;
}

/** What the server remembers of this browser beyond what the browser keeps, page by page. */
export function useHistory(): History {
  const { kept, userId } = useDownloads();
  const [reach, setReach] = useState<Reach | null>(null);
  const [state, setState] = useState<History['state']>('idle');
  const start = useQuery({
    queryKey: ['history', userId],
    queryFn: async ({ signal }): Promise<Reach> => {
      const page = await fetchHistory({ userId, limit: 1, cursor: null }, signal);
      return { missing: missingOf(page, kept), cursor: null };
    },
    staleTime: Infinity,
    retry: 1,
  });
  const known = reach ?? start.data;

  const showOlder = async () => {
    setState('loading');
    try {
      setReach(await goFurther(kept, userId, known?.cursor ?? null));
      setState('idle');
    } catch {
      setState('failed');
    }
  };
  return { missing: known?.missing ?? 0, state, showOlder: () => void showOlder() };
}

/** Goes on until something new has come: the newest pages tell of what this browser keeps itself. */
async function goFurther(kept: KeptDownloads, userId: string, from: string | null): Promise<Reach> {
  let cursor = from;
  for (let pages = 1; ; pages++) {
    const page = await fetchHistory({ userId, limit: rowsPerStep, cursor });
    const grown = recallJobs(kept, page.jobs);
    cursor = page.nextCursor;
    if (cursor === null) return { missing: 0, cursor };
    if (grown || pages >= mostPagesPerStep) return { missing: missingOf(page, kept), cursor };
  }
}

const missingOf = ({ total }: HistoryResponse, kept: KeptDownloads) => Math.max(0, total - kept.snapshot().jobs.size);

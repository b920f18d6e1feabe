import { isHidden } from '../ui/is-hidden.ts';
import type { Toasts } from '../ui/toasts.ts';
import type { KeptDownloads } from './kept-downloads.ts';
import { askPermission, mayAsk } from './notify.ts';
import { jobName } from './rows.ts';
import type { ShelfStorage } from './shelf.ts';

const longWaitMs = 20_000;
const againInMs = 5000;
const offeredKey = 'tellMeOffered';

interface TellMePorts {
  kept: KeptDownloads;
  toasts: Toasts;
  storage: ShelfStorage | null;
}

/** Being told when downloads are ready: whoever wants it is asked for permission then, and once after a wait that is long. */
export function createTellMe({ kept, toasts, storage }: TellMePorts) {
  async function allow(): Promise<void> {
    if (await askPermission()) return;
    toasts.show({ text: 'This browser does not show notifications of this page. The title of its tab tells how many files are ready.' });
  }

  /** Remembers that somebody wants to be told of these. */
  function tellMe(jobIds: readonly string[]): void {
    for (const jobId of jobIds) kept.change(jobId, { tellMe: true });
    void allow();
  }

  /** Offers it once in the life of this browser, when a job that was asked for here takes longer than one likes to watch. */
  function offerLater(jobId: string, inMs = longWaitMs): void {
    if (!mayAsk() || wasOffered(storage)) return;
    setTimeout(() => {
      const tracked = kept.snapshot().jobs.get(jobId);
      if (!tracked?.job || tracked.job.settled || tracked.tellMe || !mayAsk() || wasOffered(storage)) return;
      if (isHidden() || toasts.current()) return offerLater(jobId, againInMs);
      rememberOffer(storage);
      const name = jobName(tracked.job, tracked.asked.fileName);
      const action = { label: 'Tell me when it is ready', run: () => tellMe(unsettled(kept)) };
      toasts.show({ text: `${name} takes a while.`, action });
    }, inMs);
  }

  return { allow, tellMe, offerLater };
}

const unsettled = (kept: KeptDownloads) =>
  [...kept.snapshot().jobs].filter(([, { job }]) => job?.settled === false).map(([jobId]) => jobId);

function wasOffered(storage: ShelfStorage | null): boolean {
  try {
    return storage?.getItem(offeredKey) === 'true';
  } catch {
    return true;
  }
}

function rememberOffer(storage: ShelfStorage | null): void {
  try {
    storage?.setItem(offeredKey, 'true');
  } catch {
    // Full: it is offered again in another visit.
  }
}

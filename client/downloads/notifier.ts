import type { JobNews } from './kept-downloads.ts';
import { severalTag } from './notify.ts';
import { jobName } from './rows.ts';

const togetherMs = 5000;
const mostAlone = 3;

interface NotifierPorts {
  /** Whether it is for this tab to send, and nobody sees the page. */
  mayNotify: () => boolean;
  show: (text: string, tag: string) => { close: () => void } | null;
  now: () => number;
}

interface Ending {
  jobId: string;
  text: string;
  ready: boolean;
  at: number;
}

/** Sends word of what ended while nobody was looking. More than three ends in 5 s become one message. */
export function createNotifier({ mayNotify, show, now }: NotifierPorts) {
  let recent: Ending[] = [];
  let waiting: Ending[] = [];
  const shown = new Map<string, { close: () => void }>();

  function send(): void {
    recent = [...recent.filter(({ at }) => now() - at < togetherMs), ...waiting];
    const together = recent.length > mostAlone;
    for (const { jobId, text } of together ? recent : waiting) {
      shown.get(jobId)?.close();
      const message = together ? null : show(text, jobId);
      if (message) shown.set(jobId, message);
      else shown.delete(jobId);
    }
    waiting = [];
    if (together) show(sumOf(recent), severalTag);
  }

  return ({ before, after, tracked }: JobNews): void => {
    const ready = after.status === 'completed';
    if (!before || before.settled || !(ready || after.status === 'failed') || !mayNotify()) return;
    const text = `${jobName(after, tracked.asked.fileName)} ${ready ? 'is ready' : 'could not be prepared'}`;
    // All that one answer tells of is sent together.
    if (waiting.length === 0) queueMicrotask(send);
    waiting.push({ jobId: after.jobId, text, ready, at: now() });
  };
}

function sumOf(endings: readonly Ending[]): string {
  const ready = endings.filter((ending) => ending.ready).length;
  const failed = endings.length - ready;
  if (failed === 0) return `${ready} downloads are ready`;
  return ready === 0 ? `${failed} downloads could not be prepared` : `${ready} downloads are ready, ${failed} could not be prepared`;
}

import type { TimelineEntry } from '#shared/job.ts';
import { formatSize } from '../../ui/sizes.ts';

/** One line of what happened, in words. */
export interface Happening {
  at: string;
  text: string;
  more: string | null;
  tone: 'plain' | 'warn' | 'bad' | 'good';
}

/** Attempts that ended in the same way as the one before them, told in one line. */
export interface Folded {
  at: string;
  text: string;
  inside: Happening[];
}

type Writer = (entry: TimelineEntry) => Omit<Happening, 'at'>;

const writers: Record<string, Writer> = {
  asked: () => plain('Asked for'),
  'attempt began': ({ attempt, detail }) => plain(`Attempt ${attempt} began`, detail && `on ${detail}`),
  fetched: ({ detail }) => plain('Fetched, packing began', bytesIn(detail)),
  'attempt failed': ({ attempt, detail }) => ({ text: `Attempt ${attempt} stopped`, more: asClause(detail), tone: 'warn' }),
  'worker lost': ({ attempt, detail }) => ({ text: `Attempt ${attempt} was cut off`, more: detail && `${detail} went silent`, tone: 'warn' }),
  'handed back': ({ attempt }) => plain(`Attempt ${attempt} was handed back`, 'its machine was stopped'),
  completed: () => ({ text: 'Ready', more: null, tone: 'good' }),
  failed: ({ detail }) => ({ text: 'Failed', more: asClause(detail), tone: 'bad' }),
  cancelled: () => plain('Cancelled', 'by you'),
  expired: () => plain('Expired', 'the file was deleted'),
};

/** The timeline in words, oldest first; equal attempts are folded where there are several. */
export function happenings(timeline: readonly TimelineEntry[]): (Happening | Folded)[] {
  const lines: (Happening | Folded)[] = [];
  let reason: string | null = null;
  for (let index = 0; index < timeline.length; ) {
    const run = equalAttempts(timeline.slice(index), reason);
    const [first] = run;
    if (first && run.filter(({ event }) => event === 'attempt failed').length > 1) {
      lines.push({ at: first.at, text: `Attempts ${first.attempt} to ${run.at(-1)?.attempt}, same reason`, inside: run.map(write) });
      index += run.length;
      continue;
    }
    const entry = timeline[index++]!;
    // The reason was told with the attempts before: what is new is that there are none left.
    lines.push(write(entry.event === 'failed' && reason !== null && entry.detail === reason ? { ...entry, detail: 'No attempts left.' } : entry));
    if (entry.event === 'attempt failed') reason = entry.detail;
  }
  return lines;
}

/** The entries of all whole attempts from here on that failed for this reason. */
function equalAttempts(timeline: readonly TimelineEntry[], reason: string | null): TimelineEntry[] {
  let whole = 0;
  if (reason === null || timeline[0]?.event !== 'attempt began') return [];
  for (const [index, { event, detail }] of timeline.entries()) {
    if (event === 'attempt failed' && detail === reason) whole = index + 1;
    else if (event !== 'attempt began' && event !== 'fetched') break;
  }
  return timeline.slice(0, whole);
}

function write(entry: TimelineEntry): Happening {
  const words = writers[entry.event]?.(entry) ?? plain(sentenceStart(entry.event), entry.detail);
  return { at: entry.at, ...words };
}

const plain = (text: string, more: string | null = null): Omit<Happening, 'at'> => ({ text, more, tone: 'plain' });
const sentenceStart = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

function bytesIn(detail: string | null): string | null {
  const bytes = Number.parseInt(detail ?? '', 10);
  return Number.isNaN(bytes) ? detail : formatSize(bytes);
}

/** A sentence as the second half of a line. */
function asClause(sentence: string | null): string | null {
  return sentence && sentence.charAt(0).toLowerCase() + sentence.slice(1).replace(/\.$/, '');
}

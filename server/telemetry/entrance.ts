import { Rate } from './rate.ts';

/** Ids are easily made that would all be recorded; so many a second are believed to be drawn by chance. */
const strangersPerSecond = 50;
/** A busy day is all polls. So many tell how they go, and what they cost the program stays small. */
const readsPerSecond = 100;

interface EntranceRules {
  readonly ratio: number;
  readonly isChosen: (traceId: string) => boolean;
}

/** Decides which requests are recorded. The id of the trace counts, and never the flag that a stranger sends. */
export class Entrance {
  readonly #rules: EntranceRules;
  readonly #strangers = new Rate(strangersPerSecond);
  readonly #reads = new Rate(readsPerSecond);

  constructor(rules: EntranceRules) {
    this.#rules = rules;
  }

  /** Whether another read could be recorded just now, whatever its trace. Mostly not, and then nothing else need be asked. */
  hasRoomForRead(): boolean {
    return this.#reads.hasRoom(performance.now());
  }

  admits(traceId: string, { isForeign, isRead }: { readonly isForeign: boolean; readonly isRead: boolean }): boolean {
    if (!this.#rules.isChosen(traceId)) return false;
    const now = performance.now();
    if (isRead && !this.#reads.take(now)) return false;
    return !isForeign || this.#rules.ratio === 1 || this.#strangers.take(now);
  }
}

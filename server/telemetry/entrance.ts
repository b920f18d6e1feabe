import { Rate } from './rate.ts';

/** Ids are easily made that would all be recorded; so many a second are believed to be drawn by chance. */
const strangersPerSecond = 50;
/** A busy day is all polls. So many are looked at, of these the ratio is recorded, and what they cost the program stays small. */
const readsPerSecond = 50;

interface EntranceRules {
  readonly ratio: number;
  /** Whether an attempt does as its request did, whatever the id says. */
  readonly followsParent: boolean;
  readonly isChosen: (traceId: string) => boolean;
}

/** Decides which requests are recorded, and with them which attempts. The id of the trace counts, and never the flag that a stranger sends. */
export class Entrance {
  readonly #rules: EntranceRules;
  readonly #strangers = new Rate(strangersPerSecond);
  readonly #reads = new Rate(readsPerSecond);

  constructor(rules: EntranceRules) {
    this.#rules = rules;
  }

  /** Whether a read is looked at, which is asked before its trace is. Mostly not: then it costs nothing else. */
  considersRead(): boolean {
    return this.#reads.take(performance.now());
  }

  admits(traceId: string, { isForeign }: { readonly isForeign: boolean }): boolean {
    if (!this.#rules.isChosen(traceId)) return false;
    return !isForeign || this.#rules.ratio === 1 || this.#strangers.take(performance.now());
  }
  /** Whether an attempt may be recorded, as far as the sampler says so. Where its request was not, the id may have been ground. */
  admitsAttempt(traceId: string, { wasRecorded }: { readonly wasRecorded: boolean }): boolean {
    return wasRecorded || this.#rules.followsParent || this.admits(traceId, { isForeign: true });
  }
}

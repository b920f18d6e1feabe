import { within } from '../downloads/within.ts';

export interface FolderSum {
  size: number;
  entries: number;
}

/** With the version of all files together, which a sum that is not finished has none of. */
export type WholeSum = Readonly<FolderSum> & { readonly version: string };

/** Adds what is in a folder to the sum, in an order that is always the same, and answers its version. */
export type CountFolder = (folder: string, sum: FolderSum, signal: AbortSignal) => Promise<string>;

interface Counting {
  readonly sum: FolderSum;
  readonly whole: Promise<WholeSum>;
}

const nothing: FolderSum = { size: 0, entries: 0 };

/**
 * How many files a folder holds, and how many bytes in all. All who ask at the same time share one count, which goes on
 * when they do not wait for its end; what was counted is kept for those who do not need the latest.
 */
export class FolderSums {
  readonly #count: CountFolder;
  readonly #kept = new Map<string, WholeSum & { readonly at: number }>();
  readonly #counting = new Map<string, Counting>();
  readonly #ending = new AbortController();

  constructor(count: CountFolder) {
    this.#count = count;
  }

  /** Rejects with a `SourceFault`, or with the signal's reason; `soFar` then tells what is counted. */
  async of(folder: string, maxAgeMs: number, signal: AbortSignal): Promise<WholeSum> {
    const kept = this.#kept.get(folder);
    if (kept && performance.now() - kept.at <= maxAgeMs) return kept;
    signal.throwIfAborted();
    const { whole } = this.#counting.get(folder) ?? this.#begin(folder);
    return within(whole, signal);
  }

  /** What the count has that is under way, or the latest one. */
  soFar(folder: string): Readonly<FolderSum> {
    return this.#counting.get(folder)?.sum ?? this.#kept.get(folder) ?? nothing;
  }

  /** Forgets folders that are gone. */
  keepOnly(folders: ReadonlySet<string>): void {
    for (const folder of this.#kept.keys()) if (!folders.has(folder)) this.#kept.delete(folder);
  }

  close(): void {
    this.#ending.abort(new Error('The source was closed.'));
  }

  #begin(folder: string): Counting {
    const sum = { ...nothing };
    const counting = { sum, whole: this.#countWhole(folder, sum) };
    this.#counting.set(folder, counting);
    counting.whole.catch(() => {}); // whoever waits for it hears of it
    return counting;
  }

  async #countWhole(folder: string, sum: FolderSum): Promise<WholeSum> {
    try {
      const version = await this.#count(folder, sum, this.#ending.signal);
      const whole = { ...sum, version, at: performance.now() };
      this.#kept.set(folder, whole);
      return whole;
    } finally {
      this.#counting.delete(folder);
    }
  }
}

import type { FileNumbers } from '../downloads/ports.ts';
import { byName, compareNames } from './by-name.ts';
import { wishedNumber } from './wished-number.ts';

export interface IndexRow {
  readonly fileId: number;
  readonly fileName: string;
}

/** What a source found at its top: names, no two of them equal, and what it wants to remember with them. */
export interface Top<Kept> {
  readonly names: readonly string[];
  readonly kept: Kept;
}

/** What lay at the top at one moment. */
export interface Look<Kept> {
  readonly at: number;
  readonly kept: Kept;
  /** In the order of `byName`. */
  readonly rows: readonly IndexRow[];
}

interface Scan<Kept> extends Look<Kept> {
  readonly tookMs: number;
  readonly names: ReadonlyMap<number, string>;
  readonly numbers: ReadonlyMap<string, number>;
}

/** How old a look may be when it decides that something is not there. */
const freshMs = 2000;
/** A large top is looked at so much less often that looking never takes more than a tenth of the time. */
const restPerLook = 10;

/** Which numbers the files and folders at the top of a source have. Looks again only when what it knows does not answer. */
export class NameIndex<Kept> {
  readonly #readTop: () => Promise<Top<Kept>>;
  readonly #numbers: FileNumbers;
  #latest: Scan<Kept> | null = null;
  #scanning: Promise<Scan<Kept>> | null = null;

  constructor(readTop: () => Promise<Top<Kept>>, numbers: FileNumbers) {
    this.#readTop = readTop;
    this.#numbers = numbers;
  }

  /** All there is, from a look that is not older than two seconds, or ten times as long as it took. */
  async look(): Promise<Look<Kept>> {
    return this.#freshest();
  }

  /** What has a number, or had it when it was last seen; null when there is nothing. */
  async find(fileId: number): Promise<{ readonly fileName: string; readonly look: Look<Kept> } | null> {
    const scan = this.#latest?.names.has(fileId) ? this.#latest : await this.#freshest();
    const fileName = scan.names.get(fileId);
    return fileName === undefined ? null : { fileName, look: scan };
  }

  /** Looks again; rejects when the top itself is away. Those who ask meanwhile get the same answer. */
  rescan(): Promise<Look<Kept>> {
    return this.#scan();
  }

  async #freshest(): Promise<Scan<Kept>> {
    const latest = this.#latest;
    const isFresh = latest !== null && performance.now() - latest.at < Math.max(freshMs, restPerLook * latest.tookMs);
    return isFresh ? latest : this.#scan();
  }

  #scan(): Promise<Scan<Kept>> {
    this.#scanning ??= this.#read().finally(() => {
      this.#scanning = null;
    });
    return this.#scanning;
  }

  async #read(): Promise<Scan<Kept>> {
    const at = performance.now();
    const { names, kept } = await this.#readTop();
    const numbers = await this.#numbersOf(names);
    const rows = names.map((fileName) => ({ fileId: numbers.get(fileName)!, fileName })).toSorted(byName);
    const tookMs = performance.now() - at;
    this.#latest = { at, tookMs, kept, rows, numbers, names: new Map(rows.map(({ fileId, fileName }) => [fileId, fileName])) };
    return this.#latest;
  }

  /** Asks for new names only, in their order, so that of `5 a` and `5 b` the first gets the number. */
  async #numbersOf(names: readonly string[]): Promise<Map<string, number>> {
    const known = this.#latest?.numbers;
    const fresh = names.filter((name) => !known?.has(name)).toSorted(compareNames);
    const given = fresh.length > 0 ? await this.#numbers.assign(fresh.map((name) => ({ name, wished: wishedNumber(name) }))) : null;
    return new Map(names.map((name) => [name, known?.get(name) ?? given!.get(name)!]));
  }
}

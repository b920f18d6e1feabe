import { realpath } from 'node:fs/promises';
import type { FileNumbers } from '../downloads/ports.ts';
import { byName, compareNames } from './by-name.ts';
import { unavailable } from './errno-fault.ts';
import { visibleEntries } from './visible-entries.ts';
import { wishedNumber } from './wished-number.ts';

export interface IndexRow {
  readonly fileId: number;
  readonly fileName: string;
}

/** What lay in the folder at one moment. */
export interface Scan {
  readonly at: number;
  /** The folder's real path: a link that leads to it may be turned to another one. */
  readonly root: string;
  /** In the order of `byName`. */
  readonly rows: readonly IndexRow[];
  readonly names: ReadonlyMap<number, string>;
  readonly numbers: ReadonlyMap<string, number>;
}

/** How old a look at the folder may be when it decides that something is not there. */
const freshMs = 2000;

/** Which numbers the files and folders at the top of a folder have. Looks again only when what it knows does not answer. */
export class DirectoryIndex {
  readonly #folder: string;
  readonly #numbers: FileNumbers;
  #latest: Scan | null = null;
  #scanning: Promise<Scan> | null = null;

  constructor(folder: string, numbers: FileNumbers) {
    this.#folder = folder;
    this.#numbers = numbers;
  }

  /** All there is, from a look that is not older than two seconds. */
  async look(): Promise<Scan> {
    const isFresh = this.#latest !== null && performance.now() - this.#latest.at < freshMs;
    return isFresh ? this.#latest! : this.rescan();
  }

  /** Where a number lies, or lay when it was last seen; null when there is none. */
  async placeOf(fileId: number): Promise<{ root: string; fileName: string } | null> {
    const { root, names } = this.#latest?.names.has(fileId) ? this.#latest : await this.look();
    const fileName = names.get(fileId);
    return fileName === undefined ? null : { root, fileName };
  }

  /** Looks again; rejects with `source-unavailable` when the folder itself is away. Those who ask meanwhile get the same answer. */
  rescan(): Promise<Scan> {
    this.#scanning ??= this.#scan().finally(() => {
      this.#scanning = null;
    });
    return this.#scanning;
  }

  async #scan(): Promise<Scan> {
    const at = performance.now();
    const { root, names } = await this.#readFolder();
    const numbers = await this.#numbersOf(names);
    const rows = names.map((fileName) => ({ fileId: numbers.get(fileName)!, fileName })).toSorted(byName);
    this.#latest = { at, root, rows, numbers, names: new Map(rows.map(({ fileId, fileName }) => [fileId, fileName])) };
    return this.#latest;
  }

  async #readFolder(): Promise<{ root: string; names: string[] }> {
    try {
      const root = await realpath(this.#folder);
      return { root, names: (await visibleEntries(root)).map(({ name }) => name) };
    } catch (error) {
      throw unavailable(error);
    }
  }

  /** Asks for new names only, in their order, so that of `5 a` and `5 b` the first gets the number. */
  async #numbersOf(names: readonly string[]): Promise<Map<string, number>> {
    const known = this.#latest?.numbers;
    const fresh = names.filter((name) => !known?.has(name)).toSorted(compareNames);
    const given = fresh.length > 0 ? await this.#numbers.assign(fresh.map((name) => ({ name, wished: wishedNumber(name) }))) : null;
    return new Map(names.map((name) => [name, known?.get(name) ?? given!.get(name)!]));
  }
}

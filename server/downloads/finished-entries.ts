import type { ZipFile } from 'yazl';

/** What yazl calls an entry whose bytes are all written. */
const done = 3;

/**
 * Keeps yazl's finished entries aside until its directory is written. It looks for the one in work from the start of
 * its list, several times an entry, which makes a folder of 100,000 small files take minutes for nothing.
 */
export class FinishedEntries {
  readonly #aside: unknown[] = [];
  readonly #zip: ZipFile;

  constructor(zip: ZipFile) {
    this.#zip = zip;
  }

  setAside(): void {
    const entries = this.#entries;
    while (entries[0]?.state === done) this.#aside.push(entries.shift());
  }

  putBack(): void {
    Reflect.set(this.#zip, 'entries', [...this.#aside, ...this.#entries]);
  }

  /** Not part of yazl's types; a version without it would make the ZIP incomplete, so it must fail loudly. */
  get #entries(): { state: number }[] {
    const entries: unknown = Reflect.get(this.#zip, 'entries');
    if (!Array.isArray(entries)) throw new TypeError('yazl keeps its entries elsewhere now.');
    return entries;
  }
}

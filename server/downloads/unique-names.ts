import { splitName } from './split-name.ts';

/** Hands out each name once, whatever its case: the second `Plan.pdf` becomes `Plan (2).pdf`. */
export class UniqueNames {
  /** Taken names, each with the number that its next double tries first. */
  readonly #taken = new Map<string, number>();

  take(name: string): string {
    const { stem, extension } = splitName(name);
    return this.#claim(name, (number) => `${stem} (${number})${extension}`);
  }

  /** A folder has no extension: the second `v1.2` becomes `v1.2 (2)`. */
  takeFolder(name: string): string {
    return this.#claim(name, (number) => `${name} (${number})`);
  }

  #claim(name: string, double: (number: number) => string): string {
    let number = this.#taken.get(key(name)) ?? 1;
    let free = name;
    while (this.#taken.has(key(free))) free = double((number += 1));
    this.#taken.set(key(name), number);
    if (free !== name) this.#taken.set(key(free), 1);
    return free;
  }
}

/** File systems that ignore case also tend to ignore how an accent is written. */
function key(name: string): string {
  return name.normalize('NFC').toLowerCase();
}

import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { FileNumbers } from '../downloads/ports.ts';
import { nextNumber, numberForName } from './number-for-name.ts';
import { openDatabase } from './open-database.ts';
import { prepareAll } from './prepare-all.ts';
import { reachDatabase } from './reach-database.ts';
import { inTransaction } from './transaction.ts';

interface Wish {
  readonly name: string;
  readonly wished: number | null;
}

/** Every statement over the file numbers; each is answered by an index, as a test makes sure. */
export const fileNumberSql = {
  numberOf: 'SELECT number FROM file_number WHERE name = ?',
  isTaken: 'SELECT 1 FROM file_number WHERE number = ?',
  keep: 'INSERT INTO file_number (name, number) VALUES (?, ?)',
} as const;

/** File numbers beside the job records; a number once given stays with its name. */
export class SqliteFileNumbers implements FileNumbers {
  readonly #database: DatabaseSync;
  readonly #sql: (name: keyof typeof fileNumberSql) => StatementSync;

  constructor(dataDir: string) {
    this.#database = openDatabase(dataDir);
    this.#sql = prepareAll(this.#database, fileNumberSql);
  }

  async assign(wishes: readonly Wish[]): Promise<Map<string, number>> {
    return reachDatabase(() => {
      // Nearly always every name is known; then nobody's write is waited for.
      const known = this.#known(wishes);
      return known.size === new Set(wishes.map(({ name }) => name)).size ? known : this.#assignAtOnce(wishes);
    });
  }

  async close(): Promise<void> {
    if (this.#database.isOpen) this.#database.close();
  }

  #known(wishes: readonly Wish[]): Map<string, number> {
    return new Map(wishes.flatMap(({ name }) => {
      const number = this.#numberOf(name);
      return number === null ? [] : [[name, number] as const];
    }));
  }

  #assignAtOnce(wishes: readonly Wish[]): Map<string, number> {
    return inTransaction(this.#database, () => {
      // Wishes first, so that no made-up number takes one that a later name wishes for.
      for (const { name, wished } of wishes) {
        if (wished !== null && this.#numberOf(name) === null && this.#isFree(wished)) this.#sql('keep').run(name, wished);
      }
      for (const { name } of wishes) {
        if (this.#numberOf(name) === null) this.#sql('keep').run(name, this.#freeNumberFor(name));
      }
      return this.#known(wishes);
    });
  }

  #numberOf(name: string): number | null {
    const number = this.#sql('numberOf').get(name)?.['number'];
    return typeof number === 'number' ? number : null;
  }

  #isFree(number: number): boolean {
    return this.#sql('isTaken').get(number) === undefined;
  }

  #freeNumberFor(name: string): number {
    let number = numberForName(name);
    while (!this.#isFree(number)) number = nextNumber(number);
    return number;
  }
}

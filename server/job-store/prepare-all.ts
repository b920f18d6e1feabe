import type { DatabaseSync, StatementSync } from 'node:sqlite';

/** Compiles each statement once, to be run by its name; they live as long as the database is open. */
export function prepareAll<Name extends string>(database: DatabaseSync, sql: Readonly<Record<Name, string>>) {
  const compiled = new Map(Object.entries<string>(sql).map(([name, text]) => [name, database.prepare(text)]));
  return (name: Name): StatementSync => compiled.get(name)!;
}

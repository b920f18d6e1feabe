import { openDatabase } from './open-database.ts';

/**
 * The statements that SQLite would answer by reading a whole table or by sorting, with its plan for each, for tests.
 * Reading the values of a list that was passed in, or the rows that an inner query has found, is no such thing.
 */
export function slowPlans(dataDir: string, statements: Readonly<Record<string, string>>): string[] {
  const database = openDatabase(dataDir);
  const plans = Object.entries(statements).map(([name, sql]) => {
    const steps = database.prepare(`EXPLAIN QUERY PLAN ${sql}`).all();
    return `${name}: ${steps.map(({ detail }) => detail).join('; ')}`;
  });
  database.close();
  return plans.filter((plan) => /SCAN (?!json_each|\(subquery)|TEMP B-TREE/.test(plan));
}

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import { StoreUnavailable } from '../downloads/errors.ts';
import { fileNumbersContract } from './file-numbers.contract.ts';
import { nextNumber, numberForName } from './number-for-name.ts';
import { slowPlans } from './query-plans.ts';
import { fileNumberSql, SqliteFileNumbers } from './sqlite-file-numbers.ts';

const folder = mkdtempSync(join(tmpdir(), 'file-numbers-'));
const newDataDir = () => mkdtempSync(join(folder, 'data-'));
afterAll(() => rmSync(folder, { recursive: true }));

function open(dataDir: string): SqliteFileNumbers {
  const numbers = new SqliteFileNumbers(dataDir);
  onTestFinished(() => numbers.close());
  return numbers;
}

const openers: SqliteFileNumbers[] = [];
afterAll(() => Promise.all(openers.map((numbers) => numbers.close())));

fileNumbersContract('SqliteFileNumbers', async () => {
  const dataDir = newDataDir();
  const handles = [new SqliteFileNumbers(dataDir), new SqliteFileNumbers(dataDir)] as const;
  openers.push(...handles);
  return handles;
});

describe('SqliteFileNumbers', () => {
  it('answers every statement by an index', () => {
    expect(slowPlans(newDataDir(), fileNumberSql)).toEqual([]);
  });

  it('has the same numbers when it is opened again', async () => {
    const dataDir = newDataDir();
    const wishes = [{ name: 'a', wished: null }, { name: 'b', wished: 3 }];
    const answer = await open(dataDir).assign(wishes);
    expect(await open(dataDir).assign(wishes.toReversed())).toEqual(answer);
  });

  it('makes the same numbers again where the database is lost', async () => {
    const wishes = [{ name: 'a', wished: null }];
    expect(await open(newDataDir()).assign(wishes)).toEqual(await open(newDataDir()).assign(wishes));
  });

  it('makes numbers from 100,000 to 99,999,999 and goes upward past taken ones', async () => {
    const first = numberForName('a');
    const taken = [first, first + 1, first + 2].map((wished) => ({ name: `taken ${wished}`, wished }));
    const answer = await open(newDataDir()).assign([...taken, { name: 'a', wished: null }]);
    expect(answer.get('a')).toBe(first + 3);

    const made = Array.from({ length: 20_000 }, (_, n) => numberForName(`file ${n}`));
    expect(Math.min(...made)).toBeGreaterThanOrEqual(100_000);
    expect(Math.max(...made)).toBeLessThanOrEqual(99_999_999);
    expect(nextNumber(99_999_999)).toBe(100_000);
  });

  it('is told as StoreUnavailable when the database cannot be used', async () => {
    const numbers = open(newDataDir());
    await numbers.close();
    await expect(numbers.assign([{ name: 'a', wished: null }])).rejects.toThrow(StoreUnavailable);
  });
});

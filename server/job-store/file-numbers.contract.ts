import { beforeEach, describe, expect, it } from 'vitest';
import type { FileNumbers } from '../downloads/ports.ts';

const wish = (name: string, wished: number | null = null) => ({ name, wished });

/** What every keeper of file numbers promises. `open` gives two handles on the same, empty data. */
export function fileNumbersContract(name: string, open: () => Promise<readonly [FileNumbers, FileNumbers]>): void {
  describe(`${name} as file numbers`, () => {
    let numbers: FileNumbers;
    let other: FileNumbers;

    beforeEach(async () => {
      [numbers, other] = await open();
    });

    const one = async (fileName: string, wished: number | null = null, at = numbers) =>
      (await at.assign([wish(fileName, wished)])).get(fileName)!;

    it('gives a name the number it wishes for', async () => {
      expect(await one('70001.zip', 70_001)).toBe(70_001);
    });

    it('makes a number for a name without a wish, one that a request may carry', async () => {
      const number = await one('report.pdf');
      expect(Number.isSafeInteger(number)).toBe(true);
      expect(number).toBeGreaterThan(0);
    });

    it('never changes a number, whatever is wished later', async () => {
      const number = await one('report.pdf');
      expect(await one('report.pdf', 5, other)).toBe(number);
      expect(await one('70001.zip', 70_001)).toBe(70_001);
      expect(await one('70001.zip', 9)).toBe(70_001);
      expect(await one('70001.zip', null, other)).toBe(70_001);
    });

    it('gives a taken number to nobody else', async () => {
      await one('first', 42);
      const second = await one('second', 42, other);
      expect(second).not.toBe(42);
      expect(await one('second', 42)).toBe(second);
    });

    it('makes up no number that another name in the same call wishes for', async () => {
      const made = await one('report.pdf');
      const [fresh] = await open();
      const answer = await fresh.assign([wish('report.pdf'), wish('other', made)]);
      expect(answer.get('other')).toBe(made);
      expect(answer.get('report.pdf')).not.toBe(made);
    });

    it('gives the first of two equal wishes its number, and a name that is given twice one', async () => {
      const answer = await numbers.assign([wish('a', 7), wish('b', 7), wish('a', 8), wish('c'), wish('c')]);
      expect(answer.get('a')).toBe(7);
      expect(new Set(answer.values()).size).toBe(3);
      expect(await numbers.assign([])).toEqual(new Map());
    });

    it('keeps names apart that differ in case, form or blanks', async () => {
      const names = ['a', 'A', ' a', 'é', 'e\u0301', '__proto__', 'a/b', 'a\\b', '0', '00'];
      const answer = await numbers.assign(names.map((fileName) => wish(fileName)));
      expect([...answer.keys()].toSorted()).toEqual(names.toSorted());
      expect(new Set(answer.values()).size).toBe(names.length);
    });

    it('gives thousands of names their numbers in one call, and both handles agree', { timeout: 20_000 }, async () => {
      const wishes = Array.from({ length: 5000 }, (_, n) => wish(`folder/file ${n}.bin`, n % 3 ? null : n + 1));
      const [mine, theirs] = await Promise.all([numbers.assign(wishes), other.assign(wishes.toReversed())]);
      expect(new Set(mine.values()).size).toBe(5000);
      expect(wishes.every(({ name: fileName }) => mine.get(fileName) === theirs.get(fileName))).toBe(true);
      expect(await other.assign(wishes)).toEqual(mine);
    });
  });
}

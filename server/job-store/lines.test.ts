import { setImmediate } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { Lines, type Attempt } from './lines.ts';

/** A line that knows its length; an attempt takes a moment each way, as over a network. */
function aLine(length = 0) {
  const line = { length, attempts: 0 };
  const join = async (from: number, count: number): Promise<Attempt<number>> => {
    await setImmediate();
    line.attempts += 1;
    const waiting = line.length;
    const fits = waiting >= from && waiting < from + count;
    if (fits) line.length += 1;
    await setImmediate();
    return fits ? { answer: waiting, waiting } : { missedAt: waiting };
  };
  return { line, join };
}

const joinAll = (count: number, join: (turn: number) => Promise<number>) => Promise.all(Array.from({ length: count }, (_, turn) => join(turn)));
const upTo = (count: number) => Array.from({ length: count }, (_, n) => n);

it('needs one attempt each where nobody else adds', async () => {
  const { line, join } = aLine();
  const lines = new Lines();
  expect(await joinAll(500, () => lines.add('u', join))).toEqual(upTo(500));
  expect(line.attempts).toBe(500);
});

it('needs at most two each where two processes add at once, and all get another number', async () => {
  const { line, join } = aLine();
  const processes = [new Lines(), new Lines()];
  const numbers = await joinAll(2000, (turn) => processes[turn % 2]!.add('u', join));
  expect(numbers.toSorted((a, b) => a - b)).toEqual(upTo(2000));
  expect(line.attempts).toBeLessThanOrEqual(4000);
});

it('finds the end of a line that it knows nothing of, and follows it when it grows shorter', async () => {
  const { line, join } = aLine(5000);
  const lines = new Lines();
  expect(await lines.add('u', join)).toBe(5000);
  line.length = 40;
  expect(await lines.add('u', join)).toBe(40);
  expect(await lines.add('u', join)).toBe(41);
  expect(line.attempts).toBe(5);
});

it('goes on after an attempt that failed, or was for nothing', async () => {
  const { line, join } = aLine(100);
  const lines = new Lines();
  const away = new Error('away');
  await expect(lines.add('u', () => Promise.reject(away))).rejects.toBe(away);
  let tries = 0;
  const failing = lines.add('u', async (from, count) => (tries++ ? Promise.reject(away) : join(from, count)));
  const behind = lines.add('u', join);
  await expect(failing).rejects.toBe(away);
  expect(await behind).toBe(100);
  expect(await lines.add('u', async () => ({ answer: -1, waiting: null }))).toBe(-1);
  expect(await joinAll(2, () => lines.add('u', join))).toEqual([101, 102]);
  expect(line.length).toBe(103);
});

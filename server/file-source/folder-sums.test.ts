import { expect, it, vi } from 'vitest';
import { FolderSums, type CountFolder } from './folder-sums.ts';

const never = new AbortController().signal;

/** Sums over a count that ends when it is told to. */
function aCount() {
  const counts: { finish: (size: number) => void; fail: (error: Error) => void; signal: AbortSignal }[] = [];
  const count = vi.fn<CountFolder>((_folder, sum, signal) => {
    const { promise, resolve, reject } = Promise.withResolvers<string>();
    sum.entries = 3;
    const finish = (size: number) => {
      sum.size = size;
      resolve(`v${size}`);
    };
    counts.push({ finish, fail: reject, signal });
    return promise;
  });
  return { sums: new FolderSums(count), count, counts };
}

it('counts once for all who ask meanwhile, also for one who does not wait for the end', async () => {
  const { sums, count, counts } = aCount();
  const hasty = new AbortController();
  const [first, second] = [sums.of('a', 0, hasty.signal), sums.of('a', 0, never)];
  hasty.abort(new Error('too late'));
  await expect(first).rejects.toThrow('too late');
  expect(sums.soFar('a')).toEqual({ size: 0, entries: 3 });
  counts[0]!.finish(7);
  expect(await second).toMatchObject({ size: 7, entries: 3, version: 'v7' });
  expect(count).toHaveBeenCalledTimes(1);
});

it('counts again for who needs a later sum, and not for who does not', async () => {
  const { sums, counts } = aCount();
  const now = vi.spyOn(performance, 'now').mockReturnValue(1000);
  const first = sums.of('a', 0, never);
  counts[0]!.finish(7);
  await first;
  now.mockReturnValue(3000);
  expect(await sums.of('a', 2000, never)).toMatchObject({ size: 7 });
  const later = sums.of('a', 1999, never);
  counts[1]!.finish(8);
  expect(await later).toMatchObject({ size: 8, version: 'v8' });
  now.mockRestore();
});

it('does not begin for one who is gone already, and forgets a count that failed', async () => {
  const { sums, count, counts } = aCount();
  await expect(sums.of('a', 0, AbortSignal.abort(new Error('gone')))).rejects.toThrow('gone');
  expect(count).not.toHaveBeenCalled();
  const failing = sums.of('a', 0, never);
  counts[0]!.fail(new Error('away'));
  await expect(failing).rejects.toThrow('away');
  expect(sums.soFar('a')).toEqual({ size: 0, entries: 0 });
  void sums.of('a', 0, never);
  expect(count).toHaveBeenCalledTimes(2);
});

it('ends what is counted when it is closed', async () => {
  const { sums, counts } = aCount();
  void sums.of('a', 0, never);
  sums.close();
  expect(counts[0]!.signal.aborted).toBe(true);
});

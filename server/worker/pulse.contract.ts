import { beforeEach, describe, expect, it, vi } from 'vitest';
import { someTime } from '../testing/a-job.ts';
import type { Pulse } from '../downloads/ports.ts';

/** What every pulse promises. `open` gives two handles on the same beats, of which there are none yet. */
export function pulseContract(name: string, open: () => Promise<readonly [Pulse, Pulse]>): void {
  describe(`${name} as a pulse`, () => {
    let pulse: Pulse;
    let other: Pulse;
    beforeEach(async () => {
      [pulse, other] = await open();
    });

    /** An answer may be a moment old. */
    const expectHeard = (at: number, workers: number, slots: number) =>
      vi.waitFor(async () => expect(await other.heardSince(at)).toEqual({ workers, slots }), { timeout: 10_000 });

    it('hears nobody before the first beat', async () => {
      expect(await pulse.heardSince(0)).toEqual({ workers: 0, slots: 0 });
    });

    it('tells how many workers were heard at a moment or later, and what they can do together', async () => {
      await pulse.beat('old', someTime - 1, 8);
      await pulse.beat('a', someTime, 4);
      await other.beat('b', someTime + 1, 2);
      await expectHeard(someTime, 2, 6);
      await expectHeard(someTime + 1, 1, 2);
      await expectHeard(someTime + 2, 0, 0);
    });

    it('goes by the latest word of each worker', async () => {
      await pulse.beat('one with blanks', someTime, 4);
      await pulse.beat('one with blanks', someTime + 5, 4);
      await pulse.beat('one with blanks', someTime + 9, 6);
      await expectHeard(someTime, 1, 6);
      await expectHeard(someTime + 9, 1, 6);
    });
  });
}

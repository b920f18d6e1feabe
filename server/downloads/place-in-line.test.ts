import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { priorities } from '#shared/job-status.ts';
import { placeInLine, type Asked } from './place-in-line.ts';

const jobTimeoutMs = 3_600_000;
const place = (asked: Partial<Asked>) => placeInLine({ queuedAt: 0, priority: 'normal', waiting: 0, ...asked }, { jobTimeoutMs });

it('puts high before normal before low, of those that came together', () => {
  expect(priorities.map((priority) => place({ priority }))).toEqual([0, 60_000, 300_000]);
});

it('keeps the order of coming within a priority, and lets nobody be overtaken by what came 5 min later', () => {
  const job = fc.record({ queuedAt: fc.nat(10_000_000), priority: fc.constantFrom(...priorities) });
  fc.assert(
    fc.property(job, job, (one, other) => {
      const first = place(one) < place(other);
      if (one.priority === other.priority) return first === one.queuedAt < other.queuedAt;
      return other.queuedAt - one.queuedAt > 300_000 ? first : true;
    }),
  );
});

/** One job in line, and how long it takes once it is begun: never longer than its time-out. */
interface Waiting {
  readonly name: string;
  readonly place: number;
  readonly queuedAt: number;
  readonly tookMs: number;
}

/** Serves the line in the order of its places with some slots, from when each came; answers who was begun, in order, and when. */
function serve(line: readonly Waiting[], slots: number): { name: string; at: number; ahead: number }[] {
  const free = Array.from({ length: slots }, () => 0);
  const waiting = line.toSorted((one, other) => one.queuedAt - other.queuedAt);
  const begun: { name: string; at: number; ahead: number }[] = [];
  while (waiting.length > 0) {
    const slot = free.indexOf(Math.min(...free));
    const at = Math.max(free[slot]!, Math.min(...waiting.map(({ queuedAt }) => queuedAt)));
    const here = waiting.filter(({ queuedAt }) => queuedAt <= at);
    const next = here.reduce((best, job) => (job.place < best.place ? job : best));
    waiting.splice(waiting.indexOf(next), 1);
    free[slot] = at + next.tookMs;
    begun.push({ name: next.name, at, ahead: begun.filter((earlier) => earlier.at >= next.queuedAt).length });
  }
  return begun;
}

const took = fc.integer({ min: 1, max: jobTimeoutMs });

describe('a line of many owners', () => {
  it('begins the one job of somebody within two slots, behind a thousand of another, whatever each takes and whenever it comes', () => {
    fc.assert(
      fc.property(fc.array(took, { minLength: 1, maxLength: 20 }), fc.nat(200 * jobTimeoutMs), fc.integer({ min: 1, max: 4 }), (spans, comesAt, slots) => {
        const thousand = Array.from({ length: 1000 }, (_, waiting) => ({ name: `a${waiting}`, queuedAt: 0, place: place({ waiting }), tookMs: spans[waiting % spans.length]! }));
        const one = { name: 'b', queuedAt: comesAt, place: place({ queuedAt: comesAt }), tookMs: 1 };
        const turn = serve([...thousand, one], slots).find(({ name }) => name === 'b')!;
        expect(turn.ahead).toBeLessThanOrEqual(2);
      }),
      { numRuns: 30 },
    );
  });

  it('lets low wait at most 5 min longer under constant high', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1000, max: 120_000 }), fc.nat(1_000_000), (everyMs, comesAt) => {
        // As many as one slot can serve keep coming, each of an owner of its own, and some wait from the start.
        const high = Array.from({ length: 400 }, (_, n) => {
          const queuedAt = Math.max(0, n - 20) * everyMs;
          return { name: `high ${n}`, queuedAt, place: place({ queuedAt, priority: 'high' }), tookMs: everyMs };
        });
        const waits = (priority: Asked['priority']) => {
          const job = { name: 'job', queuedAt: comesAt, place: place({ queuedAt: comesAt, priority }), tookMs: 1 };
          return serve([...high, job], 1).find(({ name }) => name === 'job')!.at - comesAt;
        };
        expect(waits('low') - waits('high')).toBeLessThanOrEqual(300_000 + everyMs);
      }),
      { numRuns: 30 },
    );
  });

  it('lets everybody come to their turn: the n-th job of an owner is overtaken only by what comes within n time-outs', () => {
    fc.assert(
      fc.property(fc.nat(1000), fc.nat(2_000_000_000), (waiting, later) => {
        const overtaken = place({ queuedAt: later, priority: 'high' }) < place({ waiting, priority: 'low' });
        return !overtaken || later <= 300_000 + waiting * jobTimeoutMs;
      }),
    );
  });
});

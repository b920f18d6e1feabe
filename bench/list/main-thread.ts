import type { Browser, Page } from 'playwright';

interface TraceEvent {
  name: string;
  ph: string;
  pid: number;
  tid: number;
  dur?: number;
  tdur?: number;
}

/** What a page's main thread did for a while. */
export interface MainThread {
  /** The longest task by the clock on the wall, and by the processor time it took: a busy machine stretches the first. */
  longestMs: number;
  longestCpuMs: number;
  /** Tasks of more than 50 ms. */
  long: number;
  longByCpu: number;
  busyShare: number;
}

const longMs = 50;

/** Traces what the main thread of a page does while something goes on. */
export async function watchMainThread(browser: Browser, page: Page, work: () => Promise<void>): Promise<MainThread> {
  await browser.startTracing(page, { categories: ['toplevel', 'disabled-by-default-devtools.timeline'] });
  const startedAt = performance.now();
  await work();
  const tookMs = performance.now() - startedAt;
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: TraceEvent[] };
  const tasks = busiestThread(traceEvents.filter(({ name, ph }) => ph === 'X' && name === 'RunTask'));
  const wall = tasks.map(({ dur = 0 }) => dur / 1000);
  const cpu = tasks.map(({ tdur = 0 }) => tdur / 1000);
  return {
    longestMs: Math.max(0, ...wall),
    longestCpuMs: Math.max(0, ...cpu),
    long: wall.filter((ms) => ms > longMs).length,
    longByCpu: cpu.filter((ms) => ms > longMs).length,
    busyShare: cpu.reduce((sum, ms) => sum + ms, 0) / tookMs,
  };
}

/** Of all threads that were traced, the page's own is the one with the most to do. */
function busiestThread(tasks: readonly TraceEvent[]): TraceEvent[] {
  const threads = Map.groupBy(tasks, ({ pid, tid }) => `${pid} ${tid}`);
  const load = (events: readonly TraceEvent[]) => events.reduce((sum, { tdur = 0 }) => sum + tdur, 0);
  return [...threads.values()].toSorted((one, other) => load(other) - load(one))[0] ?? [];
}

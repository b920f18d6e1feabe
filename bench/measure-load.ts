import type { ChildProcess } from 'node:child_process';
import type { LoadOrder, LoadReport } from './load.ts';

/** Has the load process do this, and waits for what it saw. */
export function measureLoad(load: ChildProcess, order: LoadOrder): Promise<LoadReport> {
  const { promise, resolve, reject } = Promise.withResolvers<LoadReport>();
  const onExit = () => reject(new Error('the load ended before its time'));
  load.once('exit', onExit);
  load.once('message', (seen) => {
    load.off('exit', onExit);
    resolve(seen as LoadReport);
  });
  load.send(order);
  return promise;
}

/** The round that is in the middle. */
export function median(reports: readonly LoadReport[]): LoadReport {
  return reports.toSorted((one, other) => one.perSecond - other.perSecond)[Math.floor(reports.length / 2)]!;
}

export function inWords({ perSecond, p50Ms, p99Ms }: LoadReport): string {
  return `${Math.round(perSecond).toString().padStart(7)}/s   p50 ${p50Ms.toFixed(2)} ms   p99 ${p99Ms.toFixed(2)} ms`;
}

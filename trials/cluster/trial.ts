import { AcknowledgedJobs } from '../acknowledged-jobs.ts';
import type { Cluster } from './cluster.ts';

/** What is done to a running cluster; true when it kept every promise. */
export type Trial = (cluster: Cluster) => Promise<boolean>;

/** Numbers of files that no other trial of this run asks for. */
let nextFileId = 1_000_000;
export function freshFileIds(count: number): number[] {
  const first = nextFileId;
  nextFileId += count;
  return Array.from({ length: count }, (_, index) => first + index);
}

/** Asks for files while `trouble` happens, and holds every acknowledged job against its promise. */
export async function whileAsking(cluster: Cluster, perSecond: number, seconds: number, trouble: () => Promise<void>): Promise<boolean> {
  const jobs = new AcknowledgedJobs(() => cluster.address);
  const asking = jobs.askSteadily(perSecond, freshFileIds(perSecond * seconds));
  await Promise.all([asking, trouble()]);
  return jobs.keptItsPromise();
}

import { AcknowledgedJobs } from '../acknowledged-jobs.ts';
import { say } from '../say.ts';
import { sleep } from '../sleep.ts';
import { freshFileIds, type Trial } from './trial.ts';

const perSecond = 20;
const restartMs = 6000;

/** Every process is stopped in order and started again, one after the other, while people ask. Nobody may notice. */
export const rollingRestart: Trial = async (cluster) => {
  const jobs = new AcknowledgedJobs(() => cluster.address);
  const seconds = Math.ceil(((cluster.programs.length + 1) * restartMs) / 1000);
  const asking = jobs.askSteadily(perSecond, freshFileIds(perSecond * seconds));
  for (const program of cluster.programs) {
    await sleep(restartMs / 2);
    await program.end('SIGTERM');
    await program.start();
  }
  await asking;
  const failed = [...jobs.refusals.values()].reduce((sum, count) => sum + count, 0);
  say(`rolling restart of ${cluster.programs.length} processes under ${perSecond} initiates/s: ${failed} failed at nginx`);
  return (await jobs.keptItsPromise()) && failed === 0;
};

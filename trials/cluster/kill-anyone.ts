import { AcknowledgedJobs } from '../acknowledged-jobs.ts';
import { say } from '../say.ts';
import { sleep } from '../sleep.ts';
import { freshFileIds, type Trial } from './trial.ts';

const jobsInFlight = 20;

/** Kills any API or worker, again and again, while 20 jobs are in flight, and starts it again each time. */
export function killAnyone(rounds: number): Trial {
  return async (cluster) => {
    const jobs = new AcknowledgedJobs(() => cluster.address);
    for (let round = 0; round < rounds; round++) {
      const open = (await jobs.statuses()).filter(({ settled }) => !settled).length;
      const asking = freshFileIds(Math.max(0, jobsInFlight - open)).map((fileId) => jobs.ask(fileId));
      await sleep(Math.random() * 1000);
      const victim = cluster.programs[Math.floor(Math.random() * cluster.programs.length)]!;
      await victim.kill();
      await Promise.all([...asking, victim.start()]);
    }
    say(`${rounds} rounds of kill -9 of one of ${cluster.programs.length} processes with ${jobsInFlight} jobs in flight`);
    return jobs.keptItsPromise();
  };
}

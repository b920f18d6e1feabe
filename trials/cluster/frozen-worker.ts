import { say } from '../say.ts';
import { sleep } from '../sleep.ts';
import { whileAsking, type Trial } from './trial.ts';

/** A worker stands still past its lease, is taken for dead, and wakes up in the middle of what others have done since. */
export const frozenWorker: Trial = (cluster) =>
  whileAsking(cluster, 2, 20, async () => {
    const worker = cluster.workers[1]!;
    await sleep(3000);
    worker.freeze();
    await sleep(60_000);
    worker.thaw();
    say('a worker stood still for 60 s and went on');
  });

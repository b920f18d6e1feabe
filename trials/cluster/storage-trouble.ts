import { sleep } from '../sleep.ts';
import { whileAsking, type Trial } from './trial.ts';

/** S3 takes no connection for a while: no job is begun, none loses an attempt. */
export const storageRefusesFor = (seconds: number): Trial => (cluster) =>
  whileAsking(cluster, 2, seconds + 10, async () => {
    await sleep(4000);
    await cluster.storageLine.refuse();
    await sleep(seconds * 1000);
    await cluster.storageLine.pass();
  });

/** Connections to S3 break off in the middle of whatever they carry, five times. */
export const storageCut: Trial = (cluster) =>
  whileAsking(cluster, 4, 15, async () => {
    for (let time = 0; time < 5; time++) {
      await sleep(2500);
      cluster.storageLine.cut();
    }
  });

/** Every byte to and from S3 disappears, without a word, for a while. */
export const storageSilentFor = (seconds: number): Trial => (cluster) =>
  whileAsking(cluster, 2, seconds + 10, async () => {
    await sleep(4000);
    cluster.storageLine.swallow();
    await sleep(seconds * 1000);
    await cluster.storageLine.pass();
  });

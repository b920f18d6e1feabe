import type { Meddling } from '../../server/testing/meddling-proxy.ts';
import { say } from '../say.ts';
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

/** What is written to S3 meets a trouble so many times, while people ask. */
export const storageMeddled = (times: number, trouble: Meddling): Trial => (cluster) =>
  whileAsking(cluster, 4, 15, async () => {
    await sleep(3000);
    let met = 0;
    cluster.storageTalk.meddle((line) => (line.startsWith('PUT ') && met++ < times ? trouble : null));
    await sleep(12_000);
    say(`${Math.min(met, times)} writes to S3 met their trouble: ${trouble.what}`);
  });

/** Every byte to and from S3 disappears, without a word, for a while. */
export const storageSilentFor = (seconds: number): Trial => (cluster) =>
  whileAsking(cluster, 2, seconds + 10, async () => {
    await sleep(4000);
    cluster.storageLine.swallow();
    await sleep(seconds * 1000);
    await cluster.storageLine.pass();
  });

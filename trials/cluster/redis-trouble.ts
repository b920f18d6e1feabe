import { downloadPaths } from '#shared/download-api.ts';
import { servicePaths } from '#shared/service-api.ts';
import { say } from '../say.ts';
import { sleep } from '../sleep.ts';
import type { Cluster } from './cluster.ts';
import { whileAsking, type Trial } from './trial.ts';

/** Kills Redis and brings it back after a while, on the data that it had synced. */
export function redisKilledFor(seconds: number): Trial {
  return (cluster) => awayFor(cluster, seconds, () => cluster.redis.kill(), () => cluster.redis.start());
}

/** Every byte to and from Redis disappears, without a word, for a while. */
export function redisSilentFor(seconds: number): Trial {
  return (cluster) => awayFor(cluster, seconds, async () => cluster.redisLine.swallow(), () => cluster.redisLine.pass());
}

async function awayFor(cluster: Cluster, seconds: number, begin: () => Promise<void>, end: () => Promise<void>): Promise<boolean> {
  let refusedInTime = true;
  const kept = await whileAsking(cluster, 2, seconds + 10, async () => {
    await sleep(4000);
    await begin();
    const back = sleep(seconds * 1000).then(end);
    refusedInTime = await isRefusedInTime(cluster);
    await back;
    const began = Date.now();
    await untilHealthy(cluster);
    say(`Redis away for ${seconds} s; healthy ${((Date.now() - began) / 1000).toFixed(1)} s after its return`);
  });
  return kept && refusedInTime;
}

/** 503 with a moment to come back, within 2 s of the program's own time; nginx and this machine may add a little. */
async function isRefusedInTime(cluster: Cluster): Promise<boolean> {
  const began = performance.now();
  const answer = await fetch(cluster.apis[0]!.address + downloadPaths.initiate(), {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: '{"file_id":999999}',
  });
  const ms = Math.round(performance.now() - began);
  const retryAfter = answer.headers.get('retry-after');
  say(`asked meanwhile: ${answer.status} after ${ms} ms, Retry-After ${retryAfter}`);
  return answer.status === 503 && retryAfter !== null;
}

async function untilHealthy(cluster: Cluster): Promise<void> {
  for (const until = Date.now() + 60_000; Date.now() < until; await sleep(250)) {
    const answers = await Promise.all(cluster.programs.map(({ address }) => fetch(address + servicePaths.ready).catch(() => null)));
    if (answers.every((answer) => answer?.ok)) return;
  }
  throw new Error('not healthy within 60 s');
}

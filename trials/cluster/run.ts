import { say } from '../say.ts';
import { Cluster } from './cluster.ts';
import { frozenWorker } from './frozen-worker.ts';
import { killAnyone } from './kill-anyone.ts';
import { largeArtifact } from './large-artifact.ts';
import { oneKey } from './one-key.ts';
import { redisKilledFor, redisSilentFor } from './redis-trouble.ts';
import { rollingRestart } from './rolling-restart.ts';
import { storageMeddled, storageRefusesFor, storageSilentFor } from './storage-trouble.ts';
import type { Trial } from './trial.ts';

/** Each on a cluster of its own, so that one can be run alone: `npm run trial:cluster -- kill redis-9`. */
const trials: Record<string, () => Promise<boolean>> = {
  'one-key': onCluster(oneKey),
  rolling: onCluster(rollingRestart),
  kill: onCluster(killAnyone(100)),
  'redis-2': onCluster(redisKilledFor(2)),
  'redis-9': onCluster(redisKilledFor(9)),
  'redis-30': onCluster(redisKilledFor(30)),
  'redis-silent': onCluster(redisSilentFor(20)),
  'storage-refuses': onCluster(storageRefusesFor(30)),
  'storage-503': onCluster(storageMeddled(3, { what: 'answer', status: 503 })),
  'storage-cut': onCluster(storageMeddled(3, { what: 'cut', whose: 'request', afterBytes: 500 })),
  'storage-stuck': onCluster(storageMeddled(3, { what: 'silence', whose: 'request', afterBytes: 500 })),
  'storage-silent': onCluster(storageSilentFor(20)),
  frozen: onCluster(frozenWorker),
  large: () => largeArtifact(5000),
};

/** The trial, and what is left in the bucket after it. */
function onCluster(trial: Trial): () => Promise<boolean> {
  return async () => {
    await using cluster = await Cluster.start();
    const kept = await trial(cluster);
    return (await cluster.isTidy()) && kept;
  };
}

const chosen = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(trials);
const broken: string[] = [];
for (const name of chosen) {
  const trial = trials[name];
  if (!trial) throw new Error(`There is no trial ${name}: ${Object.keys(trials).join(', ')}.`);
  say(`== ${name}`);
  if (!(await trial())) broken.push(name);
}
say(broken.length === 0 ? 'Every promise was kept.' : `A PROMISE WAS BROKEN: ${broken.join(', ')}`);
process.exitCode = broken.length === 0 ? 0 : 1;

import { say } from '../say.ts';
import { Cluster } from './cluster.ts';
import { frozenWorker } from './frozen-worker.ts';
import { killAnyone } from './kill-anyone.ts';
import { oneKey } from './one-key.ts';
import { redisKilledFor, redisSilentFor } from './redis-trouble.ts';
import { rollingRestart } from './rolling-restart.ts';
import { storageMeddled, storageRefusesFor, storageSilentFor } from './storage-trouble.ts';
import type { Trial } from './trial.ts';

/** Each on a cluster of its own, so that one can be run alone: `npm run trial:cluster -- kill redis-9`. */
const trials: Record<string, Trial> = {
  'one-key': oneKey,
  rolling: rollingRestart,
  kill: killAnyone(100),
  'redis-2': redisKilledFor(2),
  'redis-9': redisKilledFor(9),
  'redis-30': redisKilledFor(30),
  'redis-silent': redisSilentFor(20),
  'storage-refuses': storageRefusesFor(30),
  'storage-503': storageMeddled(3, { what: 'answer', status: 503 }),
  'storage-cut': storageMeddled(3, { what: 'cut', whose: 'request', afterBytes: 500 }),
  'storage-stuck': storageMeddled(3, { what: 'silence', whose: 'request', afterBytes: 500 }),
  'storage-silent': storageSilentFor(20),
  frozen: frozenWorker,
};

const chosen = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(trials);
const broken: string[] = [];
for (const name of chosen) {
  const trial = trials[name];
  if (!trial) throw new Error(`There is no trial ${name}: ${Object.keys(trials).join(', ')}.`);
  say(`== ${name}`);
  await using cluster = await Cluster.start();
  const kept = await trial(cluster);
  const tidy = await cluster.isTidy();
  if (!kept || !tidy) broken.push(name);
}
say(broken.length === 0 ? 'Every promise was kept.' : `A PROMISE WAS BROKEN: ${broken.join(', ')}`);
process.exitCode = broken.length === 0 ? 0 : 1;

import { AcknowledgedJobs } from '../acknowledged-jobs.ts';
import { say } from '../say.ts';
import { freshFileIds, type Trial } from './trial.ts';

const asks = 1000;

/** The same request with the same key, a thousand times at once over both APIs. */
export const oneKey: Trial = async (cluster) => {
  const [fileId] = freshFileIds(1);
  const clientRequestId = crypto.randomUUID();
  const sides = cluster.apis.map(({ address }) => new AcknowledgedJobs(() => address));
  await Promise.all(Array.from({ length: asks }, (_, turn) => sides[turn % sides.length]!.ask(fileId!, { clientRequestId })));
  const jobIds = new Set(sides.flatMap((side) => [...side.jobIds]));
  say(`${asks} concurrent initiates with one key over ${sides.length} APIs: ${jobIds.size} job`);
  return jobIds.size === 1 && sides[0]!.keptItsPromise();
};

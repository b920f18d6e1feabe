import { levelOf } from '../downloads/errors.ts';
import type { Ports } from '../downloads/ports.ts';
import { refillHead, refillQueue, sweep, sweepObjects } from '../downloads/sweep.ts';

const objectsEveryMs = 600_000;

/**
 * Sweeps once before it resolves, so that what an earlier process left behind goes on at once, and then at intervals.
 * Records that are away at the start are swept when they are back.
 */
export async function startSweeping(ports: Ports): Promise<{ stop(): Promise<void> }> {
  await sweep(ports)
    .then(() => refillQueue(ports))
    .catch((error: unknown) => ports.log[levelOf(error)]({ err: error }, 'first sweep failed; the next one comes'));
  const rounds = [
    repeat(ports, 'records', ports.policy.sweepMs, async () => {
      await sweep(ports);
      await refillHead(ports);
    }),
    repeat(ports, 'objects', objectsEveryMs, () => sweepObjects(ports), { atOnce: true }),
  ];
  return {
    async stop() {
      await Promise.all(rounds.map((stop) => stop()));
    },
  };
}

/** Runs the work again and again, never twice at a time; a round that fails is logged and the next one comes. */
function repeat(
  { log }: Pick<Ports, 'log'>,
  name: string,
  everyMs: number,
  work: () => Promise<void>,
  { atOnce = false } = {},
): () => Promise<void> {
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();
  const round = () => {
    running = work()
      .catch((error: unknown) => log[levelOf(error)]({ sweep: name, err: error }, 'sweep failed'))
      .finally(() => {
        if (!stopped) timer = setTimeout(round, everyMs);
      });
  };
  if (atOnce) round();
  else timer = setTimeout(round, everyMs);
  return async () => {
    stopped = true;
    clearTimeout(timer);
    await running;
  };
}

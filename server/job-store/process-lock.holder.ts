import { acquireProcessLock } from './process-lock.ts';

/** A process that holds the lock until it is killed, for tests. */
await acquireProcessLock(process.argv[2]!);
process.stdout.write('held\n');
setInterval(() => {}, 60_000);

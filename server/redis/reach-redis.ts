import { StoreUnavailable } from '../downloads/errors.ts';

/** Whoever asks is to hear within 2 s that there is no answer. */
const patienceMs = 1800;

/** Answers that speak of the state of Redis, rather than of a mistake in the program. */
const unusable = /^(?:OOM|LOADING|READONLY|MISCONF|MASTERDOWN|NOREPLICAS|CLUSTERDOWN|TRYAGAIN|BUSY|NOAUTH|WRONGPASS|NOPERM)\b/;

/**
 * Runs the work; when Redis cannot be used, or does not answer until then, the caller sees the ports' `StoreUnavailable`.
 * A moment is one of `performance.now()`.
 */
export async function reachRedis<T>(work: () => Promise<T>, until = soon()): Promise<T> {
  const { promise: tooLate, reject } = Promise.withResolvers<never>();
  const giveUp = () => reject(new Error('Redis did not answer in time.'));
  // A process that was held up itself reads first what has come meanwhile.
  const timer = setTimeout(() => setImmediate(giveUp), Math.max(0, until - performance.now()));
  try {
    return await Promise.race([work(), tooLate]);
  } catch (error) {
    throw isMistake(error) ? error : new StoreUnavailable(inWords(error));
  } finally {
    clearTimeout(timer);
  }
}

/** When patience ends that begins now. */
export function soon(): number {
  return performance.now() + patienceMs;
}

function isMistake(error: unknown): boolean {
  if (!(error instanceof Error) || error instanceof TypeError) return true;
  return error.name === 'ReplyError' && !unusable.test(error.message);
}

/** The error without what it carries along: a refused command has its arguments, and with `AUTH` they are the password. */
export function inWords(error: unknown): Error {
  return new Error(error instanceof Error ? error.message : String(error));
}

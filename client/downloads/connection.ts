import { ApiError } from '../api/api-error.ts';
import { PollFailure } from '../api/poll-failure.ts';

/** Whether the page can reach the service, and if not, when it tries again (null: when the network is back). */
export type Connection = { state: 'ok' } | { state: 'offline' | 'failing'; nextTryAt: number | null };

export interface ConnectionFacts {
  online: boolean;
  /** How the last poll of the jobs and the last look at the health failed; null where it did not. */
  pollFailure: unknown;
  healthFailure: unknown;
}

const lostAfterFailures = 2;

/** Two failed polls are a lost connection. Being asked to slow down is not. */
export function connectionOf({ online, pollFailure, healthFailure }: ConnectionFacts): Connection {
  if (!online) return { state: 'offline', nextTryAt: null };
  const failure = [pollFailure, healthFailure].find(isLoss);
  if (!failure) return { state: 'ok' };
  const state = failure.cause instanceof ApiError ? 'failing' : 'offline';
  return { state, nextTryAt: failure.at + failure.retryInMs };
}

function isLoss(failure: unknown): failure is PollFailure {
  if (!(failure instanceof PollFailure) || failure.failures < lostAfterFailures) return false;
  return !(failure.cause instanceof ApiError && failure.cause.status === 429);
}

import { ApiError } from '../api/api-error.ts';
import { PollFailure } from '../api/poll-failure.ts';

/** Whether the page can reach the service and is heard there, and if not, when it tries again (null: when the network is back). */
export type Connection = { state: 'ok' } | { state: 'offline' | 'failing' | 'signed-out'; nextTryAt: number | null };

export interface ConnectionFacts {
  online: boolean;
  /** How the last poll of the jobs and the last look at the health failed; null where it did not. */
  pollFailure: unknown;
  healthFailure: unknown;
}

const lostAfterFailures = 2;

/** Two failed polls are a lost connection. Being asked to slow down is not; being asked who one is needs no second time. */
export function connectionOf({ online, pollFailure, healthFailure }: ConnectionFacts): Connection {
  if (!online) return { state: 'offline', nextTryAt: null };
  const failure = [pollFailure, healthFailure].find(isLoss);
  return failure ? { state: lossOf(failure), nextTryAt: failure.at + failure.retryInMs } : { state: 'ok' };
}

function lossOf({ cause }: PollFailure) {
  if (!(cause instanceof ApiError)) return 'offline';
  return cause.status === 401 ? 'signed-out' : 'failing';
}

function isLoss(failure: unknown): failure is PollFailure {
  if (!(failure instanceof PollFailure)) return false;
  const status = failure.cause instanceof ApiError ? failure.cause.status : null;
  return status === 401 || (failure.failures >= lostAfterFailures && status !== 429);
}

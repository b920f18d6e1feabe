import { ApiError, NetworkError } from '../api/api-error.ts';
import { describeCall } from './describe-call.ts';
import type { Call } from './words.ts';

/**
 * Says of each call whether it is worth a report: when it is the last of as many failures in a row as its kind has
 * patience for. One that succeeds or is refused begins the count anew, so a long trouble is reported once.
 */
export function failuresInARow(isOnline = () => navigator.onLine): (call: Call) => boolean {
  const failed = new Map<string, number>();
  return (call) => {
    const { name, patience } = describeCall(call);
    if (!isFault(call.error, isOnline())) {
      if (!isGivenUp(call)) failed.delete(name);
      return false;
    }
    const inARow = (failed.get(name) ?? 0) + 1;
    failed.set(name, inARow);
    return inARow === patience;
  };
}

/** What nobody foresaw: the service broke, or could not be reached though the computer has a connection. Refusals are none. */
function isFault(error: unknown, online: boolean): boolean {
  if (error instanceof ApiError) return error.status >= 500 || error.status < 400;
  return error instanceof NetworkError && online;
}

const isGivenUp = ({ status, error }: Call) => status === null && error !== undefined;

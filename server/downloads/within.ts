/** The longest wait, and what it ends with. */
export interface Patience {
  readonly ms: number;
  readonly tooLate: () => Error;
}

/**
 * Waits for a promise, but not past the abort, and not longer than the patience lasts (null: for ever). Who makes the
 * promise may never settle it: a read from a dead network drive answers neither a close nor an abort.
 */
export async function within<T>(promised: Promise<T>, signal: AbortSignal, patience: Patience | null = null): Promise<T> {
  const { promise, resolve, reject } = Promise.withResolvers<T>();
  const onAbort = () => reject(abortReason(signal));
  const timer = patience && setTimeout(() => reject(patience.tooLate()), patience.ms);
  signal.addEventListener('abort', onAbort);
  if (signal.aborted) onAbort();
  promised.then(resolve, reject);
  try {
    return await promise;
  } finally {
    if (timer) clearTimeout(timer);
    signal.removeEventListener('abort', onAbort);
  }
}

export function abortReason({ reason }: AbortSignal): Error {
  return reason instanceof Error ? reason : new Error('It was called off.', { cause: reason });
}

import { onlineManager } from '@tanstack/react-query';

/** Resolves after the given time, or at once when the connection comes back; null waits for the connection alone. */
export function untilOnlineOr(ms: number | null): Promise<void> {
  return new Promise((resolve) => {
    const timer = ms === null ? undefined : setTimeout(finish, ms);
    const unsubscribe = onlineManager.subscribe((online) => {
      if (online) finish();
    });
    function finish(): void {
      clearTimeout(timer);
      unsubscribe();
      resolve();
    }
  });
}

/** The browser's locks over its tabs; it has them on secure origins only. */
export const tabLocks = (): LockManager | undefined => (navigator as Partial<Navigator>).locks;

/** A channel to the other tabs; null in a browser without. */
export function tabChannel(name: string): BroadcastChannel | null {
  return typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel(name);
}

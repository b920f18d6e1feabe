import { isHidden, onVisibilityChange } from '../ui/is-hidden.ts';
import { tabChannel, tabLocks } from './tab-parts.ts';

const lockName = 'downloads-leader';
const visibleHere = 'visible here';
const hiddenLeads = 'hidden leads';

/**
 * Chooses the one tab of this browser that speaks with the server: a visible one while there is one. Whoever holds the lock
 * leads; the browser passes it on when that tab closes. Without locks or channels each tab leads itself.
 */
export class Leadership {
  #leads = false;
  #alone = false;
  #stepAside: (() => void) | null = null;
  readonly #listeners = new Set<() => void>();

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly leads = (): boolean => this.#leads || this.#alone;

  /** Leads from now on whatever the others do, because they cannot know what this tab knows. */
  goAlone(): void {
    this.#alone = true;
    this.#tell();
  }

  /** Takes part in the choice until the returned function is called. */
  start(): () => void {
    const locks = tabLocks();
    const channel = tabChannel(lockName);
    if (!locks || !channel) {
      this.goAlone();
      return () => {};
    }
    const end = new AbortController();
    channel.addEventListener('message', ({ data }) => {
      if (data === visibleHere && isHidden()) this.#stepAside?.();
      if (data === hiddenLeads && !isHidden()) channel.postMessage(visibleHere);
    });
    const stopWatching = onVisibilityChange(() => {
      if (isHidden()) this.#stepAside?.();
      else channel.postMessage(visibleHere);
    });
    void this.#stand(locks, end.signal, channel);
    // A hidden leader that hears this steps aside for the new tab.
    if (!isHidden()) channel.postMessage(visibleHere);
    return () => {
      end.abort();
      this.#stepAside?.();
      stopWatching();
      channel.close();
    };
  }

  /** Waits for the lock, leads until it steps aside, and waits again behind the others. */
  async #stand(locks: LockManager, signal: AbortSignal, channel: BroadcastChannel): Promise<void> {
    try {
      while (!signal.aborted) await locks.request(lockName, { signal }, () => this.#lead(channel));
    } catch {
      // Locks may be forbidden although they are there.
      if (!signal.aborted) this.goAlone();
    }
  }

  async #lead(channel: BroadcastChannel): Promise<void> {
    const over = new Promise<void>((resolve) => (this.#stepAside = resolve));
    this.#set(true);
    if (isHidden()) channel.postMessage(hiddenLeads);
    await over;
    this.#stepAside = null;
    this.#set(false);
  }

  #set(leads: boolean): void {
    this.#leads = leads;
    this.#tell();
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}

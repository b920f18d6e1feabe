import { tabChannel } from '../tabs/tab-parts.ts';
import { alsoLate } from '../ui/late-part.ts';
import type { HearingPorts } from './hear-tab.ts';
import type { TabWord } from './tab-word.ts';

const listen = alsoLate(() => import('./hear-tab.ts'));

/** What the tabs of this browser tell each other, so that one conversation with the server is enough for all. */
export class TabTalk {
  #channel: BroadcastChannel | null = null;
  readonly #ports: Omit<HearingPorts, 'tell'>;

  constructor(ports: Omit<HearingPorts, 'tell'>) {
    this.#ports = ports;
  }

  readonly tell = (word: TabWord): void => this.#channel?.postMessage(word);

  /** Listens, and asks what is known already, until the returned function is called. */
  start(): () => void {
    const channel = tabChannel('downloads');
    if (!channel) return () => {};
    channel.addEventListener('message', ({ data }) => void this.#hear(data));
    this.#channel = channel;
    this.tell({ hello: true });
    return () => {
      this.#channel = null;
      channel.close();
    };
  }

  /** What listens comes late: a page that is alone hears nothing. */
  async #hear(data: unknown): Promise<void> {
    const listener = await listen().catch(() => null);
    listener?.hearTab(data, { ...this.#ports, tell: this.tell });
  }
}

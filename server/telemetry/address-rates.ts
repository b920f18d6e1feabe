import { Rate } from './rate.ts';

/** Memory does not grow with the number of addresses: of those that were not heard for a while nothing needs to be known. */
const mostAddresses = 5000;

/** How often each address may do something, and all of them together. */
export class AddressRates {
  readonly #ofAll: Rate;
  readonly #perAddress: number;
  readonly #ofEach = new Map<string, Rate>();

  constructor({ ofAddress, ofAll }: { readonly ofAddress: number; readonly ofAll: number }) {
    this.#perAddress = ofAddress;
    this.#ofAll = new Rate(ofAll);
  }

  /** Whether this one may, at this moment (ms). */
  take(address: string, now: number): boolean {
    return this.#rateOf(neighbourhood(address), now).take(now) && this.#ofAll.take(now);
  }

  #rateOf(address: string, now: number): Rate {
    const known = this.#ofEach.get(address);
    if (known) return known;
    if (this.#ofEach.size >= mostAddresses) this.#forget(now);
    const rate = new Rate(this.#perAddress);
    this.#ofEach.set(address, rate);
    return rate;
  }

  #forget(now: number): void {
    for (const [address, rate] of this.#ofEach) if (rate.isFull(now)) this.#ofEach.delete(address);
    // All of them were heard just now: the oldest is as good as any.
    const oldest = this.#ofEach.size >= mostAddresses ? this.#ofEach.keys().next().value : undefined;
    if (oldest !== undefined) this.#ofEach.delete(oldest);
  }
}

/** Whoever has one address of IPv6 has a whole network of them, the first half of its bits. */
function neighbourhood(address: string): string {
  return address.includes(':') && !address.includes('.') ? address.split(':').slice(0, 4).join(':') : address;
}

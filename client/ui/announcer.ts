const pauseMs = 1000;

/** Speaks to screen readers: one message a second, and of two about the same thing only the newer. */
export class Announcer {
  #spoken = '';
  #speaking = false;
  readonly #waiting = new Map<string, string>();
  readonly #listeners = new Set<() => void>();

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly spoken = (): string => this.#spoken;

  /** `about` names the thing; what waits to be said about it is replaced. */
  say(text: string, about: string = text): void {
    this.#waiting.delete(about);
    this.#waiting.set(about, text);
    if (this.#speaking) return;
    this.#speaking = true;
    setTimeout(this.#next, 0);
  }

  readonly #next = (): void => {
    const [first] = this.#waiting;
    this.#speaking = first !== undefined;
    if (!first) return;
    this.#waiting.delete(first[0]);
    this.#spoken = first[1];
    for (const listener of this.#listeners) listener();
    setTimeout(this.#next, pauseMs);
  };
}

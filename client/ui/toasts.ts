export interface Toast {
  id: number;
  text: string;
  /** What can be done about it; `reverts` when that takes back what the message tells of. */
  action?: { label: string; run: () => void; reverts?: boolean };
  /** Not said aloud, because what it tells is said already. */
  quiet?: boolean;
  /** Called once when the toast has gone without its action being taken. */
  onGone?: () => void;
}

/** The one message at the bottom of the page. A new one takes the place of the old. */
export class Toasts {
  #current: Toast | null = null;
  #nextId = 1;
  readonly #listeners = new Set<() => void>();

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly current = (): Toast | null => this.#current;

  show(toast: Omit<Toast, 'id'>): void {
    this.#change({ ...toast, id: this.#nextId++ })?.onGone?.();
  }

  /** Takes the message away, unless another one has come. */
  close(id: number): void {
    if (this.#current?.id === id) this.#change(null)?.onGone?.();
  }

  act(id: number): void {
    if (this.#current?.id === id) this.#change(null)?.action?.run();
  }

  #change(next: Toast | null): Toast | null {
    const before = this.#current;
    this.#current = next;
    for (const listener of this.#listeners) listener();
    return before;
  }
}

import type * as z from 'zod/mini';

/** What localStorage gives, narrowed to what a shelf needs. */
export type ShelfStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;

interface ShelfOptions<T> {
  prefix: string;
  schema: z.ZodMiniType<T>;
  storage: ShelfStorage | null;
  /** Which of two versions of one item stays when another tab wrote it too; without it the other tab's. */
  choose?: (mine: T, theirs: T) => T;
  onChange: () => void;
  /** Called when an item could not be stored. */
  onFull?: () => void;
}

/**
 * Items kept in this browser under `prefix + id`, shared with its other tabs. What does not fit its schema is removed.
 * Where storage is full or forbidden, the items live as long as the page.
 */
export class Shelf<T> {
  readonly #items = new Map<string, T>();
  readonly #options: ShelfOptions<T>;

  constructor(options: ShelfOptions<T>) {
    this.#options = options;
    for (const key of this.#storedKeys()) this.#load(key);
  }

  get(id: string): T | undefined {
    return this.#items.get(id);
  }

  entries(): [string, T][] {
    return [...this.#items];
  }

  values(): T[] {
    return [...this.#items.values()];
  }

  /** Without `store` it lives as long as the page. */
  set(id: string, item: T, { store = true } = {}): void {
    this.#items.set(id, item);
    if (store && !this.#store((storage) => storage.setItem(this.#options.prefix + id, JSON.stringify(item)))) this.#options.onFull?.();
    this.#options.onChange();
  }

  delete(id: string): void {
    if (!this.#items.delete(id)) return;
    this.#store((storage) => storage.removeItem(this.#options.prefix + id));
    this.#options.onChange();
  }

  /** Takes over what another tab wrote, if it can be read. A null key means that everything was cleared. */
  acceptFromOtherTab(key: string | null, value: string | null): void {
    const { prefix, choose, onChange } = this.#options;
    if (key === null) this.#items.clear();
    else if (!key.startsWith(prefix)) return;
    else {
      const id = key.slice(prefix.length);
      const mine = this.#items.get(id);
      const theirs = value === null ? null : this.#parse(value);
      if (value === null) this.#items.delete(id);
      else if (theirs !== null) this.#items.set(id, mine && choose ? choose(mine, theirs) : theirs);
    }
    onChange();
  }

  #load(key: string): void {
    this.#store((storage) => {
      const item = this.#parse(storage.getItem(key) ?? '');
      if (item === null) storage.removeItem(key);
      else this.#items.set(key.slice(this.#options.prefix.length), item);
    });
  }

  #parse(text: string): T | null {
    try {
      const parsed = this.#options.schema.safeParse(JSON.parse(text));
      return parsed.success ? parsed.data : null;
    } catch {
      return null;
    }
  }

  #storedKeys(): string[] {
    const keys: string[] = [];
    this.#store((storage) => {
      for (let index = 0; index < storage.length; index++) keys.push(storage.key(index) ?? '');
    });
    return keys.filter((key) => key.startsWith(this.#options.prefix));
  }

  /** Says whether there is a storage that did it. Full or forbidden: the item stays in memory, and the page goes on. */
  #store(use: (storage: ShelfStorage) => void): boolean {
    try {
      if (this.#options.storage) use(this.#options.storage);
      return this.#options.storage !== null;
    } catch {
      return false;
    }
  }
}

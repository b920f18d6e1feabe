/** What was used last, by its id, at most `room` of it. */
export class Recent<Value> {
  readonly #room: number;
  /** In the order of their last use: a Map keeps the order in which keys were set. */
  readonly #values = new Map<string, Value>();

  constructor(room: number) {
    this.#room = room;
  }

  get(id: string): Value | undefined {
    const value = this.#values.get(id);
    if (value !== undefined) this.keep(id, value);
    return value;
  }

  keep(id: string, value: Value): void {
    this.#values.delete(id);
    this.#values.set(id, value);
    if (this.#values.size <= this.#room) return;
    const [oldest] = this.#values.keys();
    this.#values.delete(oldest!);
  }

  drop(id: string): void {
    this.#values.delete(id);
  }

  clear(): void {
    this.#values.clear();
  }
}

/** A waiting line in the order of a number that each entry has; equal ones in the order in which they came. */
export class Line<Entry extends { readonly jobId: string }> {
  readonly #rankOf: (entry: Entry) => number;
  /** In order, first to last; those before `#head` have left. Moving the whole array for each would take long. */
  #places: Place<Entry>[] = [];
  #head = 0;
  readonly #placeOf = new Map<string, Place<Entry>>();
  #arrivals = 0;

  constructor(rankOf: (entry: Entry) => number) {
    this.#rankOf = rankOf;
  }

  get size(): number {
    return this.#places.length - this.#head;
  }

  get first(): Entry | undefined {
    return this.#places[this.#head]?.entry;
  }

  get(jobId: string): Entry | undefined {
    return this.#placeOf.get(jobId)?.entry;
  }

  /** Adds an entry whose job is not in the line yet. */
  add(entry: Entry): void {
    const place = { entry, rank: this.#rankOf(entry), arrival: this.#arrivals++ };
    this.#places.splice(this.#indexOf(place), 0, place);
    this.#placeOf.set(entry.jobId, place);
  }

  /** Takes the entry out and answers it, if it is there. */
  remove(jobId: string): Entry | undefined {
    const place = this.#placeOf.get(jobId);
    if (!place) return undefined;
    this.#placeOf.delete(jobId);
    const index = this.#indexOf(place);
    if (index === this.#head) this.#advance();
    else this.#places.splice(index, 1);
    return place.entry;
  }

  /** How many stand before it; null when it is not in the line. */
  before(jobId: string): number | null {
    const place = this.#placeOf.get(jobId);
    return place ? this.#indexOf(place) - this.#head : null;
  }

  #advance(): void {
    this.#head++;
    if (this.#head * 2 <= this.#places.length) return;
    this.#places = this.#places.slice(this.#head);
    this.#head = 0;
  }

  /** Where the place is, or is to be put in, by halving. */
  #indexOf(place: Place<Entry>): number {
    let low = this.#head;
    let high = this.#places.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (isBefore(this.#places[middle]!, place)) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

interface Place<Entry> {
  readonly entry: Entry;
  readonly rank: number;
  readonly arrival: number;
}

function isBefore(one: Place<unknown>, other: Place<unknown>): boolean {
  return one.rank < other.rank || (one.rank === other.rank && one.arrival < other.arrival);
}

import { RandomIdGenerator, type IdGenerator } from '@opentelemetry/sdk-trace';

/** Random ids, save that the next trace may be given the one that it was judged by. */
export class PlannedIds implements IdGenerator {
  readonly #random = new RandomIdGenerator();
  #next: string | null = null;

  /** The id of the trace that is begun next. */
  plan(traceId: string): void {
    this.#next = traceId;
  }

  generateTraceId(): string {
    const planned = this.#next;
    this.#next = null;
    return planned ?? this.#random.generateTraceId();
  }

  generateSpanId(): string {
    return this.#random.generateSpanId();
  }
}

import type { RequestSpan, Span, Tracing } from '../downloads/tracing.ts';
import { traceparentFor } from '../downloads/trace-parent.ts';
import { activeSpan } from './active-span.ts';

/** Traces where nobody asked for a record of them: ids are made and passed on, and nothing else is done. */
export const unrecordedTracing: Tracing = {
  receive: ({ traceparent }) => new UnrecordedSpan(traceparent),
  resume: (_name, traceparent) => new UnrecordedSpan(traceparent),
  begin: () => noSpan,
};

/** Ids without a record. */
export class UnrecordedSpan implements RequestSpan {
  readonly #parent: string | undefined;
  #traceparent: string | undefined;

  constructor(parent: string | undefined) {
    this.#parent = parent;
  }

  /** Drawn when it is first asked for: most requests are polls, and say it nowhere. */
  get traceparent(): string {
    return (this.#traceparent ??= traceparentFor(this.#parent));
  }

  run<Result>(work: () => Result): Result {
    return activeSpan.run(this, work);
  }

  tell(): void {}
  link(): void {}
  answered(): void {}
  end(): void {}
}

/** A step that nobody asked to know of. */
export const noSpan: Span = { run: (work) => work(), tell() {}, end() {} };

/** The parts of a download's way that are timed each for itself. */
export type Step = 'enqueue' | 'source' | 'packing' | 'upload' | 'check' | 'publish';

/** What is told of a span. Nothing else can be, so nothing secret can: no address, no header, no name of a file. */
export interface SpanFacts {
  readonly 'job.id'?: string;
  readonly 'job.attempt'?: number;
  /** How many files were asked for. */
  readonly 'job.files'?: number;
  /** Of the finished file. */
  readonly 'job.bytes'?: number;
  /** How many jobs an attempt served. */
  readonly 'job.served'?: number;
  /** What became of an attempt. */
  readonly 'attempt.outcome'?: 'completed' | 'failed' | 'handed back' | 'nobody waits';
}

/** A span of time in somebody's trace. Where nothing is recorded it does nothing. */
export interface Span {
  /** Does the work inside: what it begins, and whom it calls, is a part of this. */
  run<Result>(work: () => Result): Result;
  tell(facts: SpanFacts): void;
  /** It is over, with this error where it ended badly. Ends once only. */
  end(error?: unknown): void;
}

/** One that others may continue, in this process or another, now or later. */
export interface CarriedSpan extends Span {
  /** W3C Trace Context. There is always one, and its flag says whether this span is recorded. */
  readonly traceparent: string;
  /** Another trace that this one has to do with. */
  link(traceparent: string): void;
}

/** What is known of a request once it was answered. */
export interface Answered {
  /** The pattern that took it, such as `/v1/download/:jobId`; null where none did. */
  readonly route: string | null;
  readonly status: number;
}

export interface RequestSpan extends CarriedSpan {
  answered(answer: Answered): void;
}

/** What a stranger says of the trace that the request belongs to. */
export interface Caller {
  readonly method: string;
  readonly traceparent: string | undefined;
  readonly tracestate: string | undefined;
  /** Nobody wants to see it: a probe, or a file of the page. */
  readonly isAside: boolean;
}

/** Where it is told how long what took. */
export interface Tracing {
  /** A request from outside: continues the caller's trace where that is well formed, and decides itself whether it is recorded. */
  receive(caller: Caller): RequestSpan;
  /** Goes on in the trace of a job, which was begun elsewhere or long ago. */
  resume(name: 'attempt' | 'shared attempt', traceparent: string, facts: SpanFacts): CarriedSpan;
  /** A part of the span it is called in. Outside of any it is nothing: what nobody waits for has no trace. */
  begin(step: Step, facts?: SpanFacts): Span;
}

/** Does the work as this span, to its end. */
export async function during<Result>(span: Span, work: () => Promise<Result>): Promise<Result> {
  try {
    return await span.run(work);
  } catch (error) {
    span.end(error);
    throw error;
  } finally {
    span.end();
  }
}

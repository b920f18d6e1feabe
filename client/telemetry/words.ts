/** One question to our own API, and what came of it. */
export interface Call {
  readonly method: string;
  /** With its query, which is told to nobody. */
  readonly path: string;
  readonly startedAt: number;
  /** Drawn before it is sent, whoever listens by then. */
  readonly place: Place;
  endedAt: number;
  /** Null where nothing came back. */
  status: number | null;
  answer?: unknown;
  error?: unknown;
  trace?: Trace | undefined;
  /** What it is said for, where it may have to be said again. */
  readonly click?: Click | undefined;
}

/** Something that went wrong in the page itself. */
export interface Trouble {
  readonly error: unknown;
  readonly at: number;
  /** Who noticed: the browser, or one of React's three. */
  readonly how: 'error' | 'rejection' | 'caught' | 'uncaught' | 'recoverable';
  /** The components that it happened in, as React tells of them. */
  readonly components?: string | undefined;
}

export type Word = Call | Trouble;

/** A place in a trace, by the names that everybody else knows it under. */
export interface Place {
  readonly traceId: string;
  readonly spanId: string;
}

/** One wish of a person. However often it has to be sent until it is answered, all of it stands in one trace. */
export interface Click {
  first?: Place;
}

/** A call that is being recorded, or at least passed on: what tells the server where it stands, and what ends it. */
export interface Trace {
  readonly headers: Record<string, string>;
  readonly end: (call: Call) => void;
}

/** What a report was about, so that more can be said of the same. */
export interface Reference {
  readonly traceId: string | null;
  readonly jobId: string | null;
  readonly errorCode: string | null;
  readonly eventId: string | null;
}

/** What somebody says of a failure in words of their own. */
export interface Feedback {
  readonly message: string;
  /** Where an answer may go; null for nowhere. */
  readonly email: string | null;
  readonly about: Reference;
}

/** Who is there for what goes wrong. */
export interface Reporter {
  /** What was reported of an error that the page failed of. */
  referenceOf: (error: unknown) => Reference | null;
  /** Resolves with whether it has arrived. */
  sendFeedback: (feedback: Feedback) => Promise<boolean>;
}

/** The part of the page that passes on what it does and what goes wrong. */
export interface Telemetry {
  begin: (call: Call) => Trace | undefined;
  hear: (word: Word) => void;
  /** Null where errors are reported to nobody. */
  readonly reporter: Reporter | null;
}

import { tracingChannel } from 'node:diagnostics_channel';

/** A call to somebody else. Neither addresses nor keys nor headers are told: they may hold secrets. */
export interface Call {
  readonly system: 'redis' | 's3' | 'http';
  /** Such as `GET` or `UploadPart`. */
  readonly operation: string;
  readonly host?: string;
  /** Of HTTP, once it is known. */
  status?: number;
}

/** Where calls are told of: at the place where somebody asks, which a driver that sends several questions together does not know any more. */
export const calls = tracingChannel<Call>('delineate:calls');

/** Makes a call, and tells of it where somebody listens. It costs nothing where nobody does. */
export function telling<Result>(call: Call, work: () => Promise<Result>): Promise<Result> {
  return calls.tracePromise(work, call);
}

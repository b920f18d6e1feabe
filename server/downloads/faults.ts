import type { FaultCode } from '#shared/fault-code.ts';

/** Ends an attempt: a stable code that decides whether another follows, and a sentence a user may read. */
export class AttemptFault extends Error {
  readonly code: FaultCode;

  constructor(code: FaultCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'AttemptFault';
    this.code = code;
  }
}

/** What a source throws when it cannot give the bytes it was asked for. */
export class SourceFault extends AttemptFault {
  override name = 'SourceFault';
}

/** What an object store throws when it cannot keep or find an artifact. */
export class StorageFault extends AttemptFault {
  override name = 'StorageFault';
}

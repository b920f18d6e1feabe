import type { Readable } from 'node:stream';
import { SourceFault } from './faults.ts';
import type { SourceEntry } from './ports.ts';
import { within } from './within.ts';

export interface ReadRules {
  /** Told of every piece before it is handed on. */
  readonly onBytes: (count: number) => void;
  /** How long the source may pause once the first byte is there; time in which nobody asks for more does not count. */
  readonly idleMs: number;
}

/** An entry's bytes, all of them: ends badly when there are more or fewer than declared, and lets go of the source in any case. */
export async function* entryBytes(entry: SourceEntry, rules: ReadRules, signal: AbortSignal): AsyncGenerator<Buffer, void> {
  const source = await open(entry, signal);
  try {
    const pieces: AsyncIterator<Buffer> = source[Symbol.asyncIterator]();
    const patience = { ms: rules.idleMs, tooLate: silent };
    let count = 0;
    for (;;) {
      const piece = await within(pieces.next(), signal, count > 0 ? patience : null);
      if (piece.done) break;
      count += piece.value.length;
      if (entry.size !== null && count > entry.size) throw changed(entry);
      rules.onBytes(piece.value.length);
      yield piece.value;
    }
    if (entry.size !== null && count < entry.size) throw changed(entry);
  } catch (error) {
    throw isBreak(error) ? new SourceFault('source-unavailable', 'The source broke off in the middle.', { cause: error }) : error;
  } finally {
    source.destroy();
  }
}

async function open(entry: SourceEntry, signal: AbortSignal): Promise<Readable> {
  signal.throwIfAborted();
  const opening = entry.open(signal);
  try {
    const source = await within(opening, signal);
    source.on('error', heardWhileReading);
    return source;
  } catch (error) {
    opening.then(discard, () => {});
    throw error;
  }
}

/** A source that opens after all was called off. */
function discard(late: Readable): void {
  late.on('error', heardWhileReading).destroy();
}

/** The same error comes out of the iterator; here it is only kept from ending the process. */
function heardWhileReading(): void {}

function silent(): SourceFault {
  return new SourceFault('source-unavailable', 'The source stopped answering in the middle.');
}

function changed({ path }: SourceEntry): SourceFault {
  return new SourceFault('checksum-mismatch', `The source gave another number of bytes than it had said: ${path}`);
}

/** A stream that was closed without a word. */
function isBreak(error: unknown): boolean {
  return error instanceof Error && (error as NodeJS.ErrnoException).code === 'ERR_STREAM_PREMATURE_CLOSE';
}

import type { Readable } from 'node:stream';
import { artifactName, isPlain, type Packing } from './artifact-name.ts';
import { entryBytes, type ReadRules } from './entry-bytes.ts';
import { AttemptFault } from './faults.ts';
import { LazyBody } from './lazy-body.ts';
import type { SourceFile } from './ports.ts';
import { zipBytes } from './zip-bytes.ts';

export interface PackRules extends ReadRules {
  /** Neither what is read nor what comes out may be more. */
  readonly maxBytes: number;
}

export interface Packed {
  readonly fileName: string;
  readonly contentType: string;
  /**
   * Opens the source with the first read. Fails with the source's own fault, or the signal's reason, and has let go of
   * the source by then; destroying it is enough to let go.
   */
  readonly body: Readable;
}

/** Turns what was asked for into one stream: a plain file as it is, everything else as a ZIP. */
export function packArtifact(files: readonly SourceFile[], packing: Packing, rules: PackRules, signal: AbortSignal): Packed {
  const plain = isPlain(files, packing) ? files[0]! : null;
  const read = { idleMs: rules.idleMs, onBytes: limited(rules.maxBytes, rules.onBytes) };
  const begin = (ending: AbortSignal) => (plain ? plainBytes(plain, read, ending) : limitedZip(files, read, rules, ending));
  return {
    fileName: artifactName(files, packing),
    contentType: plain ? plain.contentType : 'application/zip',
    body: new LazyBody(begin, signal),
  };
}

async function* plainBytes(file: SourceFile, rules: ReadRules, signal: AbortSignal): AsyncGenerator<Buffer, void> {
  for await (const entry of file.entries(signal)) yield* entryBytes(entry, rules, signal);
}

async function* limitedZip(files: readonly SourceFile[], read: ReadRules, { maxBytes }: PackRules, signal: AbortSignal): AsyncGenerator<Buffer, void> {
  const count = limited(maxBytes, () => {});
  for await (const piece of zipBytes(files, read, signal)) {
    count(piece.length);
    yield piece;
  }
}

/** Passes counts on until their sum is too much. */
function limited(maxBytes: number, onBytes: (count: number) => void): (count: number) => void {
  let sum = 0;
  return (count) => {
    sum += count;
    if (sum > maxBytes) throw new AttemptFault('artifact-too-large', `It is larger than the ${maxBytes} bytes allowed.`);
    onBytes(count);
  };
}

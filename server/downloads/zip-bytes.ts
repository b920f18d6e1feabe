import { Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import { entryBytes, type ReadRules } from './entry-bytes.ts';
import { FinishedEntries } from './finished-entries.ts';
import { isCompressed } from './is-compressed.ts';
import { LazyBody } from './lazy-body.ts';
import type { SourceEntry, SourceFile } from './ports.ts';
import { zipEntries, type ZipEntry } from './zip-entries.ts';

/** Most of what deflating can save, at a fraction of its cost. */
const fastLevel = 1;
/** A ZIP knows no earlier time, and one before 1970 makes yazl throw where nobody can catch it. */
const earliestMs = Date.UTC(1980, 0, 2);

/** The bytes of a ZIP with these files. One entry is open at a time; what stays in memory is a line per entry, not its bytes. */
export async function* zipBytes(files: readonly SourceFile[], rules: ReadRules, signal: AbortSignal): AsyncGenerator<Buffer, void> {
  const ending = new AbortController();
  const zip = new ZipFile();
  const output = outputOf(zip);
  const fail = (error: Error) => void output.destroy(error);
  zip.on('error', fail);
  output.on('error', heardWhileReading);
  const filling = fill(zip, files, rules, AbortSignal.any([signal, ending.signal])).catch(fail);
  try {
    const pieces: AsyncIterable<Buffer> = output;
    for await (const piece of pieces) yield piece;
  } finally {
    ending.abort();
    await filling;
  }
}

async function fill(zip: ZipFile, files: readonly SourceFile[], rules: ReadRules, signal: AbortSignal): Promise<void> {
  const finished = new FinishedEntries(zip);
  for await (const item of zipEntries(files, signal)) {
    await add(zip, item, rules, signal);
    finished.setAside();
  }
  finished.putBack();
  zip.end();
}

/** Resolves when the last byte of the entry was read. */
function add(zip: ZipFile, { path, entry }: ZipEntry, rules: ReadRules, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const options = { mtime: mtimeOf(entry), mode: 0o100644, compressionLevel: isCompressed(path) ? 0 : fastLevel };
    zip.addReadStreamLazy(path, options, (give) => {
      // Made in here: the ZIP keeps this function to its end, and would keep every entry's buffers with it.
      const bytes = new LazyBody((closing) => entryBytes(entry, rules, closing), signal);
      give(null, bytes.once('error', reject).once('end', resolve));
    });
  });
}

function mtimeOf({ modifiedAt }: SourceEntry): Date {
  const ms = modifiedAt?.getTime() ?? Number.NaN;
  return Number.isNaN(ms) ? new Date() : new Date(Math.max(ms, earliestMs));
}

/** Its type says less than what it is. */
function outputOf({ outputStream }: ZipFile): Readable {
  if (outputStream instanceof Readable) return outputStream;
  throw new TypeError('yazl gave a stream that cannot be read.');
}

/** The same error comes out of the iteration; here it is only kept from ending the process. */
function heardWhileReading(): void {}

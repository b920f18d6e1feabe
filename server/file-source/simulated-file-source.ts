import { Readable } from 'node:stream';
import type { CatalogueFile } from '#shared/files-api.ts';
import { SourceFault } from '../downloads/faults.ts';
import type { CataloguePage, CatalogueQuestion, FileSource, SourceEntry, SourceFile } from '../downloads/ports.ts';
import { endOnAbort } from './end-on-abort.ts';
import { PacedBytes } from './paced-bytes.ts';
import { numberAsked, pageOf } from './page-of.ts';
import { simulatedBytes } from './simulated-bytes.ts';
import { simulatedCatalogue } from './simulated-catalogue.ts';
import { highestFileId, lowestFileId, simulatedDelayMs, simulatedFile, type DelayRange, type SimulatedFile } from './simulated-file.ts';

/** How often the file that fails at first does so. */
const faultsBeforeSuccess = 2;

/** A source for trials: nearly every number is a file, and its bytes take their time. */
export class SimulatedFileSource implements FileSource {
  readonly name = 'simulated';
  readonly #delays: DelayRange;
  /** Faults given since the last success, by file. */
  readonly #faults = new Map<number, number>();

  constructor(delays: DelayRange) {
    this.#delays = delays;
  }

  // oxlint-disable-next-line typescript/require-await -- a port's methods reject, they do not throw
  async find(fileId: number, signal: AbortSignal): Promise<SourceFile> {
    signal.throwIfAborted();
    const file = simulatedFile(fileId);
    if (!file) throw notFound(fileId);
    const entry: SourceEntry = {
      path: file.fileName,
      size: sizeTold(file),
      modifiedAt: file.modifiedAt,
      open: async (ending) => this.#open(file, ending),
    };
    return {
      fileId,
      fileName: file.fileName,
      size: entry.size,
      contentType: file.contentType,
      folder: false,
      // The bytes follow from the number.
      version: 'simulated',
      async *entries() {
        yield entry;
      },
    };
  }

  // oxlint-disable-next-line typescript/require-await -- as above
  async list(question: CatalogueQuestion, signal: AbortSignal): Promise<CataloguePage> {
    signal.throwIfAborted();
    const asked = numberAsked(question.query);
    const { rows, total, next } = pageOf(simulatedCatalogue, question, asked === null ? null : simulatedFile(asked));
    return { files: rows.map(catalogueRow), total, next };
  }

  async close(): Promise<void> {}

  #open(file: SimulatedFile, signal: AbortSignal): Readable {
    signal.throwIfAborted();
    if (file.special?.behaviour === 'forbidden') throw new SourceFault('source-forbidden', 'The source does not give this file to us.');
    if (file.special?.behaviour === 'fails-twice') this.#failAtFirst(file.fileId);
    return endOnAbort(file.special?.behaviour === 'silent' ? silence() : this.#bytes(file), signal);
  }

  #bytes({ fileId, size }: SimulatedFile): Readable {
    const pace = { size, durationMs: simulatedDelayMs(fileId, this.#delays) };
    return new PacedBytes((offset, length) => simulatedBytes(fileId, offset, length), pace);
  }

  /** Starts over after the success, so that it can be shown again. */
  #failAtFirst(fileId: number): void {
    const faults = this.#faults.get(fileId) ?? 0;
    if (faults === faultsBeforeSuccess) return void this.#faults.delete(fileId);
    this.#faults.set(fileId, faults + 1);
    throw new SourceFault('source-unavailable', `The source could not be reached (${faults + 1} of ${faultsBeforeSuccess} times).`);
  }
}

function notFound(fileId: number): SourceFault {
  return new SourceFault('file-not-found', `There is no file ${fileId}. Numbers go from ${lowestFileId} to ${highestFileId}.`);
}

function sizeTold({ size, special }: SimulatedFile): number | null {
  return special?.behaviour === 'size-unknown' ? null : size;
}

function catalogueRow(file: SimulatedFile): CatalogueFile {
  const { fileId, fileName, contentType } = file;
  return { fileId, fileName, size: sizeTold(file), contentType, entries: 1 };
}

/** Opens, and then never gives a byte. */
function silence(): Readable {
  return new Readable({ read() {} });
}

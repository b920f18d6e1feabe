import { readdir, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { SourceFault } from '../downloads/faults.ts';
import type { CataloguePage, CatalogueQuestion, FileNumbers, FileSource, SourceFile } from '../downloads/ports.ts';
import { cataloguePage } from './catalogue-page.ts';
import { contentTypeOf } from './content-type-of.ts';
import { countDirectory } from './count-directory.ts';
import { directoryRow } from './directory-row.ts';
import { fileEntry, folderEntries } from './directory-entries.ts';
import { errnoFault, isMissing, unavailable } from './errno-fault.ts';
import { lookAt, versionOf, type Found } from './file-identity.ts';
import { FolderSums } from './folder-sums.ts';
import { NameIndex, type Top } from './name-index.ts';
import { visibleEntries } from './visible-entries.ts';

/** A folder's sum is told anew to who is about to read it. */
const sumMaxAgeMs = 2000;

/**
 * Offers a real folder: each file or folder at its top is one that can be asked for. What `visibleEntries` leaves out
 * does not exist here, and nothing outside of the folder is ever opened.
 */
export class DirectoryFileSource implements FileSource {
  readonly name = 'directory';
  /** Remembers the folder's real path: a link that leads to it may be turned to another one. */
  readonly #index: NameIndex<string>;
  readonly #sums = new FolderSums(countDirectory);

  private constructor(folder: string, numbers: FileNumbers) {
    this.#index = new NameIndex(() => readTop(folder), numbers);
  }

  /** Rejects when there is no such folder, or it cannot be read: better at the start than at the first click. */
  static async open(folder: string, numbers: FileNumbers): Promise<DirectoryFileSource> {
    try {
      await readdir(folder);
    } catch (error) {
      throw new Error(`FILES_DIR: ${folder} is not a folder that can be read.`, { cause: error });
    }
    return new DirectoryFileSource(folder, numbers);
  }

  async find(fileId: number, signal: AbortSignal): Promise<SourceFile> {
    signal.throwIfAborted();
    const { path, fileName, found } = await this.#locate(fileId);
    if (found.folder) {
      const { size, version } = await this.#sums.of(path, sumMaxAgeMs, signal);
      const entries = (ending: AbortSignal) => folderEntries(path, ending);
      return { fileId, fileName, size, contentType: 'application/zip', folder: true, version, entries };
    }
    const entry = fileEntry(path, fileName, found.identity);
    return {
      fileId,
      fileName,
      size: entry.size,
      contentType: contentTypeOf(fileName),
      folder: false,
      version: versionOf(found.identity),
      async *entries() {
        yield entry;
      },
    };
  }

  async list(question: CatalogueQuestion, signal: AbortSignal): Promise<CataloguePage> {
    signal.throwIfAborted();
    const { kept: root, rows } = await this.#index.look();
    this.#sums.keepOnly(new Set(rows.map(({ fileName }) => join(root, fileName))));
    return cataloguePage(rows, question, (row, patience) => directoryRow(row, join(root, row.fileName), this.#sums, patience), signal);
  }

  async close(): Promise<void> {
    this.#sums.close();
  }

  async #locate(fileId: number): Promise<{ path: string; fileName: string; found: Found }> {
    const known = await this.#index.find(fileId);
    if (!known) throw notFound(fileId);
    const { fileName, look } = known;
    const root = look.kept;
    const path = join(root, fileName);
    try {
      const found = await lookAt(path);
      if (found) return { path, fileName, found };
    } catch (error) {
      if (!isMissing(error)) throw errnoFault(error, fileName);
      // Whether the file is gone, or all of them are away, or the folder is another one by now, is told by a new look.
      if ((await this.#index.rescan()).kept !== root) return this.#locate(fileId);
    }
    throw notFound(fileId);
  }
}

async function readTop(folder: string): Promise<Top<string>> {
  try {
    const root = await realpath(folder);
    return { kept: root, names: (await visibleEntries(root)).map(({ name }) => name) };
  } catch (error) {
    throw unavailable(error);
  }
}

function notFound(fileId: number): SourceFault {
  return new SourceFault('file-not-found', `There is no file ${fileId} in the folder.`);
}

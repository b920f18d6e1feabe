import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { SourceFault } from '../downloads/faults.ts';
import type { CataloguePage, CatalogueQuestion, FileNumbers, FileSource, SourceFile } from '../downloads/ports.ts';
import { contentTypeOf } from './content-type-of.ts';
import { directoryRow } from './directory-row.ts';
import { fileEntry, folderEntries } from './directory-entries.ts';
import { DirectoryIndex } from './directory-index.ts';
import { errnoFault, isMissing } from './errno-fault.ts';
import { lookAt, versionOf, type Found } from './file-identity.ts';
import { FolderSums } from './folder-sums.ts';
import { numberAsked, pageOf } from './page-of.ts';

/** A folder's sum is told anew to who is about to read it. */
const sumMaxAgeMs = 2000;
/** How long one page of the catalogue may count the files of folders it has not counted lately. */
const countPerPageMs = 3000;

/**
 * Offers a real folder: each file or folder at its top is one that can be asked for. What `visibleEntries` leaves out
 * does not exist here, and nothing outside of the folder is ever opened.
 */
export class DirectoryFileSource implements FileSource {
  readonly name = 'directory';
  readonly #index: DirectoryIndex;
  readonly #sums = new FolderSums();

  private constructor(folder: string, numbers: FileNumbers) {
    this.#index = new DirectoryIndex(folder, numbers);
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
    const { root, rows } = await this.#index.look();
    const asked = numberAsked(question.query);
    const page = pageOf(rows, question, rows.find(({ fileId }) => fileId === asked) ?? null);
    this.#sums.keepOnly(new Set(rows.map(({ fileName }) => join(root, fileName))));
    const patience = AbortSignal.any([signal, AbortSignal.timeout(countPerPageMs)]);
    const files = [];
    for (const row of page.rows) files.push(...(await directoryRow(row, join(root, row.fileName), this.#sums, patience)));
    signal.throwIfAborted();
    return { files, total: page.total, next: page.next };
  }

  async close(): Promise<void> {}

  async #locate(fileId: number): Promise<{ path: string; fileName: string; found: Found }> {
    const place = await this.#index.placeOf(fileId);
    if (!place) throw notFound(fileId);
    const { root, fileName } = place;
    const path = join(root, fileName);
    try {
      const found = await lookAt(path);
      if (found) return { path, fileName, found };
    } catch (error) {
      if (!isMissing(error)) throw errnoFault(error, fileName);
      // Whether the file is gone, or all of them are away, or the folder is another one by now, is told by a new look.
      if ((await this.#index.rescan()).root !== root) return this.#locate(fileId);
    }
    throw notFound(fileId);
  }
}

function notFound(fileId: number): SourceFault {
  return new SourceFault('file-not-found', `There is no file ${fileId} in the folder.`);
}

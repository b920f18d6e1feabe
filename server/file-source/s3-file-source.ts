import type { CatalogueFile } from '#shared/files-api.ts';
import { SourceFault } from '../downloads/faults.ts';
import type { CataloguePage, CatalogueQuestion, FileNumbers, FileSource, SourceFile } from '../downloads/ports.ts';
import { within } from '../downloads/within.ts';
import { connectS3 } from '../s3/connect-s3.ts';
import type { S3Access } from '../s3/s3-access.ts';
import { inWords, isPassing } from '../s3/s3-error.ts';
import { cataloguePage } from './catalogue-page.ts';
import { contentTypeOf } from './content-type-of.ts';
import { fileRow } from './file-row.ts';
import { folderRow } from './folder-row.ts';
import { FolderSums } from './folder-sums.ts';
import { NameIndex, type IndexRow } from './name-index.ts';
import { countPrefix, objectEntry, prefixEntries, versionOfObject, type S3Reader } from './s3-entries.ts';
import { s3Unavailable } from './s3-fault.ts';
import { isThere, lookAtObject, type S3Folder } from './s3-listing.ts';
import { readS3Top, type S3Item, type S3Items } from './s3-top.ts';

export interface S3FileSourceOptions {
  readonly access: S3Access;
  readonly bucket: string;
  /** Files lie below it; empty for the whole bucket. The slash at its end may be left out. */
  readonly prefix: string;
}

type S3File = Extract<S3Item, { object: unknown }>;
type S3Prefix = Extract<S3Item, { prefix: string }>;

/** What was listed is told for so long, and looked at anew after that. */
const freshMs = 2000;
const crowd = 20;

/**
 * Offers what lies directly below a prefix of a bucket: objects as files, and prefixes as folders with all that is below
 * them. What begins with a dot does not exist here.
 */
export class S3FileSource implements FileSource {
  readonly name = 's3';
  readonly #top: S3Folder;
  readonly #reader: S3Reader;
  readonly #index: NameIndex<S3Items>;
  readonly #sums: FolderSums;
  /** At single objects, just now. */
  #looking = 0;

  private constructor({ access, bucket, prefix }: S3FileSourceOptions, numbers: FileNumbers) {
    this.#top = { client: connectS3(access, 'asking'), bucket, prefix: asFolder(prefix) };
    this.#reader = { client: connectS3(access, 'reading'), bucket, idleMs: access.silenceMs };
    this.#index = new NameIndex(() => reach(readS3Top(this.#top)), numbers);
    this.#sums = new FolderSums((below, sum, signal) => countPrefix(this.#below(below), sum, signal));
  }

  /** Rejects where the bucket is missing or may not be listed: better at the start than at the first click. One that is away may come back. */
  static async open(options: S3FileSourceOptions, numbers: FileNumbers): Promise<S3FileSource> {
    const source = new S3FileSource(options, numbers);
    try {
      await isThere(source.#top);
    } catch (error) {
      if (isPassing(error)) return source;
      await source.close();
      throw notListed(options.bucket, error);
    }
    return source;
  }

  async find(fileId: number, signal: AbortSignal): Promise<SourceFile> {
    signal.throwIfAborted();
    const item = await within(this.#locate(fileId), signal);
    return 'object' in item ? this.#file(fileId, item) : this.#folder(fileId, item, signal);
  }

  async list(question: CatalogueQuestion, signal: AbortSignal): Promise<CataloguePage> {
    signal.throwIfAborted();
    const { kept: items, rows } = await within(this.#index.look(), signal);
    this.#sums.keepOnly(new Set([...items.values()].flatMap((item) => ('prefix' in item ? [item.prefix] : []))));
    return cataloguePage(rows, question, async (row, patience) => [await this.#row(row, items, patience)], signal);
  }

  async close(): Promise<void> {
    this.#sums.close();
    this.#top.client.destroy();
    this.#reader.client.destroy();
  }

  async #locate(fileId: number): Promise<S3Item> {
    const known = await this.#index.find(fileId);
    const item = known?.look.kept.get(known.fileName);
    if (!known || !item) throw notFound(fileId);
    if ('prefix' in item || performance.now() - known.look.at < freshMs) return item;
    const renewed = await this.#lookAgain(known.fileName, item);
    if (!renewed) throw notFound(fileId);
    return renewed;
  }

  /** At this object alone, unless a crowd asks: a look at all of them answers everybody. */
  async #lookAgain(name: string, item: S3File): Promise<S3Item | undefined> {
    if (this.#looking < crowd) {
      this.#looking += 1;
      const object = await reach(lookAtObject(this.#top, item.object.key)).finally(() => (this.#looking -= 1));
      if (object) return { ...item, object };
    }
    // Whether it is gone, or a folder by now, or all of them are away, is told by a look at all.
    return (await this.#index.rescan()).kept.get(name);
  }

  #file(fileId: number, { fileName, object }: S3File): SourceFile {
    const entry = objectEntry(this.#reader, object, fileName);
    return {
      fileId,
      fileName,
      size: object.size,
      contentType: contentTypeOf(fileName),
      folder: false,
      version: versionOfObject(object),
      async *entries() {
        yield entry;
      },
    };
  }

  async #folder(fileId: number, { fileName, prefix }: S3Prefix, signal: AbortSignal): Promise<SourceFile> {
    const { size, entries: count, version } = await this.#sums.of(prefix, freshMs, signal);
    if (count === 0 && !(await within(reach(isThere(this.#below(prefix))), signal))) throw notFound(fileId);
    const entries = (ending: AbortSignal) => prefixEntries(this.#below(prefix), this.#reader, ending);
    return { fileId, fileName, size, contentType: 'application/zip', folder: true, version, entries };
  }

  #row(row: IndexRow, items: S3Items, patience: AbortSignal): Promise<CatalogueFile> | CatalogueFile {
    const item = items.get(row.fileName)!;
    const named = { fileId: row.fileId, fileName: item.fileName };
    return 'object' in item ? fileRow(named, item.object.size) : folderRow(named, item.prefix, this.#sums, patience);
  }

  #below(prefix: string): S3Folder {
    return { ...this.#top, prefix };
  }
}

function asFolder(prefix: string): string {
  const path = prefix.replace(/^\/+/, '').replace(/\/+$/, '');
  return path === '' ? '' : `${path}/`;
}

function notFound(fileId: number): SourceFault {
  return new SourceFault('file-not-found', `There is no file ${fileId} in the bucket.`);
}

function notListed(bucket: string, error: unknown): Error {
  const cause = inWords(error);
  return new Error(`SOURCE_S3_BUCKET: ${bucket} is not a bucket that can be listed (${cause.message}).`, { cause });
}

async function reach<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    throw s3Unavailable(error);
  }
}

import { randomUUID } from 'node:crypto';
import { mkdir, open, opendir, readFile, rm, statfs, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { StorageFault } from '../downloads/faults.ts';
import type { Artifact, ObjectKey, ObjectName } from '../downloads/job-record.ts';
import type { LinkWish, ObjectStore, StoredObject } from '../downloads/ports.ts';
import { attachmentName } from './attachment-name.ts';
import { LinkRefused } from './link-errors.ts';
import { keepLinkSecret } from './link-secret.ts';
import { isSignatureOf, signTerms, type LinkTerms } from './link-signature.ts';
import { objectFileName, parseObjectFileName, unfinished } from './object-file-name.ts';
import { reachDisk } from './reach-disk.ts';
import { safeContentType } from './safe-content-type.ts';
import { writeDurably } from './write-durably.ts';

/** Share of the disk that preparations leave to everything else. */
const keptFree = 0.05;

/** Where a link leads: a file in `root`. */
export interface LinkTarget {
  readonly root: string;
  readonly file: string;
}

/** Files in a folder of our own disk, and links to them that `objectRoutes` serves. */
export class EmbeddedObjectStore implements ObjectStore {
  readonly #folder: string;
  readonly #secret: Buffer;

  private constructor(folder: string, secret: Buffer) {
    this.#folder = folder;
    this.#secret = secret;
  }

  static async open(dataDir: string): Promise<EmbeddedObjectStore> {
    const folder = join(dataDir, 'objects');
    await mkdir(folder, { recursive: true });
    return new EmbeddedObjectStore(folder, await keepLinkSecret(join(dataDir, 'link-secret')));
  }

  async write(name: ObjectName, _contentType: string, body: Readable, signal: AbortSignal): Promise<StoredObject> {
    return writeDurably(this.#pathOf(name), body, signal, () => this.hasRoomFor(0));
  }

  async read(name: ObjectName, signal: AbortSignal): Promise<Readable> {
    signal.throwIfAborted();
    const file = await reachDisk(open(this.#pathOf(name)));
    return file.createReadStream({ signal, highWaterMark: 262_144 });
  }

  async delete(key: ObjectKey): Promise<void> {
    const path = this.#pathOf(key);
    await reachDisk(Promise.all([rm(path, { force: true }), rm(path + unfinished, { force: true })]));
  }

  async *list(): AsyncIterable<ObjectKey> {
    for await (const { name } of await reachDisk(opendir(this.#folder))) {
      const key = parseObjectFileName(name);
      if (key) yield key;
    }
  }

  async signLink(artifact: Artifact, { method, ttlMs, origin }: LinkWish): Promise<string> {
    const { id, fence } = artifact;
    const fileName = attachmentName(artifact.fileName);
    const contentType = safeContentType(artifact.contentType);
    const expires = String(Math.floor(Date.now() + ttlMs));
    const signature = signTerms(this.#secret, { method, id, fence: String(fence), fileName, contentType, expires });
    const address = new URL(`/objects/${id}/${fence}/${encodeURIComponent(fileName)}`, origin);
    address.search = String(new URLSearchParams({ expires, type: contentType, signature }));
    return address.href;
  }

  /** The file that a link grants. Throws `LinkRefused` for one that is not ours or whose time is over. */
  followLink(terms: LinkTerms, signature: string): LinkTarget {
    if (!isSignatureOf(this.#secret, terms, signature)) throw new LinkRefused('invalid');
    if (Number(terms.expires) <= Date.now()) throw new LinkRefused('expired');
    return { root: this.#folder, file: objectFileName({ id: terms.id, fence: Number(terms.fence) }) };
  }

  async hasRoomFor(bytes: number): Promise<boolean> {
    const disk = await reachDisk(statfs(this.#folder));
    return disk.bavail * disk.bsize - bytes >= disk.blocks * disk.bsize * keptFree;
  }

  async check(): Promise<void> {
    const probe = join(this.#folder, `.probe-${randomUUID()}`);
    try {
      await reachDisk(writeFile(probe, probe, { flush: true }));
      if ((await reachDisk(readFile(probe, 'utf8'))) !== probe) {
        throw new StorageFault('storage-unavailable', 'The disk does not give back what was written.');
      }
    } finally {
      await rm(probe, { force: true }).catch(() => {});
    }
  }

  async close(): Promise<void> {}

  #pathOf(key: ObjectKey): string {
    return join(this.#folder, objectFileName(key));
  }
}

import type { FileHandle } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { changedFile } from './changed-file.ts';
import { errnoFault } from './errno-fault.ts';
import { identityOf, isSame, type FileIdentity } from './file-identity.ts';

const pieceBytes = 128 * 1024;

/**
 * The bytes of an open file, all of them or an error: it ends well only when the file is after the last byte what it
 * was when it was listed. Owns the handle.
 */
export class UnchangedBytes extends Readable {
  readonly #handle: FileHandle;
  readonly #listed: FileIdentity;
  readonly #path: string;
  #reading: Promise<void> = Promise.resolve();
  #count = 0;

  constructor(handle: FileHandle, listed: FileIdentity, path: string) {
    super({ highWaterMark: pieceBytes });
    this.#handle = handle;
    this.#listed = listed;
    this.#path = path;
  }

  override _read(): void {
    this.#reading = this.#readPiece().catch((error: unknown) => {
      const fault = errnoFault(error, this.#path);
      this.destroy(fault instanceof Error ? fault : new Error(String(fault)));
    });
  }

  async #readPiece(): Promise<void> {
    const { bytesRead, buffer } = await this.#handle.read(Buffer.allocUnsafe(pieceBytes), 0, pieceBytes, this.#count);
    this.#count += bytesRead;
    if (bytesRead === 0) await this.#checkWhole();
    else if (this.#count > this.#listed.size) throw changedFile();
    this.push(bytesRead === 0 ? null : buffer.subarray(0, bytesRead));
  }

  async #checkWhole(): Promise<void> {
    const now = identityOf(await this.#handle.stat({ bigint: true }));
    if (BigInt(this.#count) !== this.#listed.size || !isSame(this.#listed, now)) throw changedFile();
  }

  /** The handle is closed once the read in hand is over, and not before: its number could be given to another file. */
  override _destroy(reason: Error | null, closed: (reason: Error | null) => void): void {
    const close = () => closed(reason);
    this.#reading.then(() => this.#handle.close()).then(close, close);
  }
}

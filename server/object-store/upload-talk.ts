import {
  CreateMultipartUploadCommand,
  UploadPartCommand,
  type CompleteMultipartUploadCommand,
  type PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { storageTrouble } from './reach-storage.ts';

type Said = CreateMultipartUploadCommand | UploadPartCommand | CompleteMultipartUploadCommand | PutObjectCommand;

/** What may make an object is given so long to be answered after the end: undoing it is sure only then. */
const lastWordMs = 2000;

/**
 * What one upload says to S3. When it ends badly, what is under way ends with it, which `Upload` itself does not see to;
 * and whatever S3 refuses ends it, also while the source of the bytes lets it wait.
 */
export class UploadTalk implements Disposable {
  /** For `Upload`, which needs no more of a client than this. */
  readonly client: S3Client;
  readonly #asking: S3Client;
  readonly #sending: S3Client;
  readonly #ending = new AbortController();
  readonly #late = new AbortController();
  #lastWord: NodeJS.Timeout | undefined;
  #uploadId: string | null = null;
  #hasBegun = false;

  constructor(asking: S3Client, sending: S3Client) {
    this.#asking = asking;
    this.#sending = sending;
    this.client = { config: sending.config, send: (command: Said) => this.#say(command) } as unknown as S3Client;
  }

  /** Aborted with the first reason for which the upload ends badly. */
  get signal(): AbortSignal {
    return this.#ending.signal;
  }

  get hasBegun(): boolean {
    return this.#hasBegun;
  }

  /** Null while it has none, or its answer was lost. */
  get uploadId(): string | null {
    return this.#uploadId;
  }

  end(reason: unknown): void {
    if (this.signal.aborted) return;
    this.#lastWord = setTimeout(() => this.#late.abort(), lastWordMs);
    this.#ending.abort(reason);
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#lastWord);
  }

  async #say(command: Said): Promise<unknown> {
    this.signal.throwIfAborted();
    this.#hasBegun = true;
    try {
      if (command instanceof CreateMultipartUploadCommand) return await this.#begin(command);
      const abortSignal = command instanceof UploadPartCommand ? this.signal : this.#late.signal;
      return await this.#sending.send(command as UploadPartCommand, { abortSignal });
    } catch (error) {
      this.end(storageTrouble(error));
      throw error;
    }
  }

  /** Said once only: a second try after a lost answer would leave a second upload, which a finished one does not show. */
  async #begin(command: CreateMultipartUploadCommand): Promise<unknown> {
    const begun = await this.#asking.send(command);
    this.#uploadId = begun.UploadId ?? null;
    return begun;
  }
}

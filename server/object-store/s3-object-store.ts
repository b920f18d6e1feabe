import { randomUUID } from 'node:crypto';
import type { Readable } from 'node:stream';
import { CreateMultipartUploadCommand, type S3Client } from '@aws-sdk/client-s3';
import type { Artifact, ObjectKey, ObjectName } from '../downloads/job-record.ts';
import { objectIdMark, objectIdOf } from '../downloads/object-id.ts';
import type { LinkWish, Log, ObjectStore, StoredObject } from '../downloads/ports.ts';
import { connectForSigning, connectS3 } from '../s3/connect-s3.ts';
import { askForObject } from '../s3/get-object.ts';
import { ObjectBytes } from '../s3/object-bytes.ts';
import type { S3Access } from '../s3/s3-access.ts';
import { deleteObject, giveUp, listObjects, listUploads, type Bucket } from './bucket-contents.ts';
import { objectFolder, objectPath, parseObjectPath } from './object-path.ts';
import { prepareBucket } from './prepare-bucket.ts';
import { reachStorage, storageTrouble } from './reach-storage.ts';
import { safeContentType } from './safe-content-type.ts';
import { signObjectLink } from './s3-links.ts';
import { uploadObject } from './upload-object.ts';

export interface S3ObjectStoreOptions {
  readonly access: S3Access;
  /** Where browsers reach the same server; null where they reach it as we do. */
  readonly publicEndpoint: string | null;
  readonly bucket: string;
  /** No artifact is larger. */
  readonly maxArtifactBytes: number;
  /** How long an artifact is kept. */
  readonly artifactTtlMs: number;
  readonly log: Log;
}

/** Artifacts in a bucket of an S3 server, which serves the links to them itself. */
export class S3ObjectStore implements ObjectStore {
  readonly #options: S3ObjectStoreOptions;
  readonly #bucket: Bucket;
  readonly #sending: S3Client;
  readonly #signing: S3Client;
  readonly #reading: S3Client;
  #preparing: Promise<void> | null = null;
  #checking: Promise<void> | null = null;

  /**
   * Only a server that is told to compare checksums vouches for what it stored: it refuses a part that is not what its
   * checksum says. Of another the bytes are asked back.
   */
  readonly read?: (artifact: Artifact, signal: AbortSignal) => Promise<Readable>;

  private constructor(options: S3ObjectStoreOptions) {
    const { access, publicEndpoint, bucket } = options;
    this.#options = options;
    this.#bucket = { client: connectS3(access, 'asking'), name: bucket };
    this.#sending = connectS3(access, 'sending');
    this.#reading = connectS3(access, 'reading');
    this.#signing = connectForSigning({ ...access, endpoint: publicEndpoint ?? access.endpoint });
    if (access.checksums === 'when_required') this.read = (artifact, signal) => this.#read(artifact, signal);
  }

  /** Prepares the bucket as far as S3 can be reached; the rest is done as soon as it can, by `check`. */
  static async open(options: S3ObjectStoreOptions): Promise<S3ObjectStore> {
    const store = new S3ObjectStore(options);
    await store.#prepare().catch((error: unknown) => {
      options.log.warn({ bucket: options.bucket, err: error }, 'the bucket could not be prepared yet');
    });
    return store;
  }

  write(name: ObjectName, contentType: string, body: Readable, signal: AbortSignal): Promise<StoredObject> {
    const wish = {
      bucket: this.#bucket,
      sending: this.#sending,
      path: objectPath(name),
      contentType: safeContentType(contentType),
      maxBytes: this.#options.maxArtifactBytes,
    };
    return uploadObject(wish, body, signal);
  }

  /** Uploads first: one that is finished in this moment is found among the objects afterwards. */
  async delete(key: ObjectKey): Promise<void> {
    const folder = objectFolder(key);
    for await (const upload of listUploads(this.#bucket, folder)) await giveUp(this.#bucket, upload);
    for await (const path of listObjects(this.#bucket, folder)) await deleteObject(this.#bucket, path);
  }

  async *list(): AsyncIterable<ObjectKey> {
    for await (const path of this.#allPaths()) {
      const key = parseObjectPath(path);
      if (key) yield key;
    }
  }

  signLink(artifact: Artifact, wish: LinkWish): Promise<string> {
    return reachStorage(signObjectLink(this.#signing, this.#bucket.name, artifact, wish));
  }

  /** Those who ask at the same time get the same answer. */
  check(): Promise<void> {
    this.#checking ??= this.#probe().finally(() => {
      this.#checking = null;
    });
    return this.#checking;
  }

  async close(): Promise<void> {
    for (const client of [this.#bucket.client, this.#sending, this.#reading, this.#signing]) client.destroy();
  }

  /** Begins an upload and gives it up: proof that one could be written, and nothing is. */
  async #probe(): Promise<void> {
    await this.#prepare();
    // Named as an object is, so that one that was left behind is found by the sweep.
    const path = `${objectFolder({ id: objectIdOf(randomUUID()), fence: 0 })}probe`;
    try {
      const { UploadId } = await this.#bucket.client.send(new CreateMultipartUploadCommand({ Bucket: this.#bucket.name, Key: path }));
      await giveUp(this.#bucket, { path, uploadId: UploadId! });
    } catch (error) {
      // Maybe it is the bucket itself that is gone.
      this.#preparing = null;
      throw storageTrouble(error);
    }
  }

  async *#allPaths(): AsyncGenerator<string, void> {
    yield* listObjects(this.#bucket, objectIdMark);
    for await (const { path } of listUploads(this.#bucket, objectIdMark)) yield path;
  }

  async #read({ size, ...name }: Artifact, signal: AbortSignal): Promise<Readable> {
    const wanted = { bucket: this.#bucket.name, key: objectPath(name), etag: null };
    return ObjectBytes.open(askForObject(this.#reading, wanted), { size, asFault: storageTrouble }, signal);
  }

  #prepare(): Promise<void> {
    this.#preparing ??= prepareBucket(this.#bucket, this.#options.artifactTtlMs, this.#options.log).catch((error: unknown) => {
      this.#preparing = null;
      throw error;
    });
    return this.#preparing;
  }
}

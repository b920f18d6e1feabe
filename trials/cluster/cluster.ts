import { isDeepStrictEqual } from 'node:util';
import { ListMultipartUploadsCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { Redis } from 'ioredis';
import { ProgramProcess } from '../../e2e/support/program-process.ts';
import type { JobRecord } from '../../server/downloads/job-record.ts';
import { NginxProcess } from '../../server/testing/nginx-process.ts';
import { MeddlingProxy } from '../../server/testing/meddling-proxy.ts';
import { ObjectGateway } from '../../server/testing/object-gateway.ts';
import { RedisProcess } from '../../server/testing/redis-process.ts';
import { SwallowingProxy } from '../../server/testing/swallowing-proxy.ts';
import { say } from '../say.ts';
import { sleep } from '../sleep.ts';

const bucket = 'downloads';
const tidyWithinMs = 60_000;

/** Quick preparations, and room for many losses: the trials lose workers on purpose. */
const usual = {
  DOWNLOAD_DELAY_MIN_MS: '1000',
  DOWNLOAD_DELAY_MAX_MS: '6000',
  DOWNLOAD_RETRY_BASE_MS: '500',
  DOWNLOAD_WORKER_CONCURRENCY: '20',
  DOWNLOAD_MAX_WORKER_LOSSES: '1000',
  LOG_LEVEL: 'warn',
};

/** What a trial wants otherwise. */
export interface ClusterWish {
  readonly environment?: NodeJS.ProcessEnv;
  /** Where the S3 server has its bytes: the disk for files of several GB. */
  readonly keepsIn?: 'memory' | 'disk';
}

/** The whole of it on loopback, as real processes: two APIs behind nginx, two workers, Redis and S3, both behind proxies that can break. */
export class Cluster implements AsyncDisposable {
  readonly redis: RedisProcess;
  readonly redisLine: SwallowingProxy;
  readonly storage: ObjectGateway;
  /** Breaks exchanges with S3 one by one. */
  readonly storageTalk: MeddlingProxy;
  readonly storageLine: SwallowingProxy;
  readonly apis: readonly ProgramProcess[];
  readonly workers: readonly ProgramProcess[];
  readonly nginx: NginxProcess;
  readonly #client: S3Client;
  readonly #opened: AsyncDisposableStack;

  private constructor(parts: Pick<Cluster, 'redis' | 'redisLine' | 'storage' | 'storageTalk' | 'storageLine' | 'apis' | 'workers' | 'nginx'>, opened: AsyncDisposableStack) {
    ({ redis: this.redis, redisLine: this.redisLine, storage: this.storage, storageTalk: this.storageTalk, storageLine: this.storageLine } = parts);
    ({ apis: this.apis, workers: this.workers, nginx: this.nginx } = parts);
    this.#opened = opened;
    this.#client = new S3Client({ endpoint: this.storage.endpoint, region: 'us-east-1', forcePathStyle: true, credentials: this.storage.keys });
    opened.defer(() => this.#client.destroy());
  }

  static async start({ environment: more = {}, keepsIn = 'memory' }: ClusterWish = {}): Promise<Cluster> {
    await using opened = new AsyncDisposableStack();
    const redis = opened.adopt(new RedisProcess(), (one) => one.stop());
    const storage = opened.use(new ObjectGateway({ keepsIn }));
    await Promise.all([redis.start(), storage.start()]);
    const redisLine = opened.use(await SwallowingProxy.before(redis.port));
    const storageTalk = opened.use(await MeddlingProxy.before(storage.port));
    const storageLine = opened.use(await SwallowingProxy.before(Number(new URL(storageTalk.endpoint).port)));
    const environment = {
      ...usual,
      REDIS_URL: `redis://127.0.0.1:${redisLine.port}`,
      S3_ENDPOINT: `http://127.0.0.1:${storageLine.port}`,
      S3_PUBLIC_ENDPOINT: storage.endpoint,
      S3_ACCESS_KEY_ID: storage.keys.accessKeyId,
      S3_SECRET_ACCESS_KEY: storage.keys.secretAccessKey,
      ...more,
    };
    const run = async (ROLE: 'api' | 'worker') => opened.use(await ProgramProcess.start({ ...environment, ROLE }));
    const apis = await Promise.all([run('api'), run('api')]);
    const workers = await Promise.all([run('worker'), run('worker')]);
    const nginx = opened.adopt(new NginxProcess(apis.map(({ port }) => port)), (one) => one.stop());
    await nginx.start();
    return new Cluster({ redis, redisLine, storage, storageTalk, storageLine, apis, workers, nginx }, opened.move());
  }

  /** Where everybody comes in. */
  get address(): string {
    return this.nginx.address;
  }

  get programs(): readonly ProgramProcess[] {
    return [...this.apis, ...this.workers];
  }

  /** What lies in the bucket: whole objects, and unfinished uploads. */
  async contents(): Promise<{ objects: string[]; uploads: string[] }> {
    const objects: string[] = [];
    let ContinuationToken: string | undefined;
    do {
      const page = await this.#client.send(new ListObjectsV2Command({ Bucket: bucket, ContinuationToken }));
      objects.push(...(page.Contents ?? []).flatMap(({ Key }) => Key ?? []));
      ContinuationToken = page.NextContinuationToken;
    } while (ContinuationToken);
    const { Uploads = [] } = await this.#client.send(new ListMultipartUploadsCommand({ Bucket: bucket }));
    return { objects, uploads: Uploads.flatMap(({ Key }) => Key ?? []) };
  }

  /** The keys of all artifacts that a completed record names. */
  async published(): Promise<string[]> {
    const redis = new Redis(this.redis.url);
    try {
      const texts = await Promise.all((await redis.keys('download:job:*')).map((key) => redis.get(key)));
      const records = texts.flatMap((text) => (text === null ? [] : (JSON.parse(text) as JobRecord)));
      const artifacts = records.flatMap(({ status, artifact }) => (status === 'completed' && artifact ? artifact : []));
      return [...new Set(artifacts.map(({ id, fence, fileName }) => `${id}/${fence}/${fileName}`))];
    } finally {
      redis.disconnect();
    }
  }

  /**
   * Whether the bucket holds exactly the published artifacts, and nothing unfinished. A worker sweeps when it starts, so
   * one is started again; what another had still in hand may take a moment.
   */
  async isTidy(): Promise<boolean> {
    await this.workers[0]!.kill();
    await this.workers[0]!.start();
    for (const until = Date.now() + tidyWithinMs; ; await sleep(500)) {
      const [{ objects, uploads }, published] = await Promise.all([this.contents(), this.published()]);
      const tidy = uploads.length === 0 && isDeepStrictEqual(objects.toSorted(), published.toSorted());
      if (!tidy && Date.now() < until) continue;
      say(`in the bucket: ${objects.length} objects for ${published.length} published artifacts, ${uploads.length} unfinished uploads`);
      return tidy;
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#opened.disposeAsync();
  }
}

import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { inspect } from 'node:util';
import {
  CreateBucketCommand,
  GetBucketLifecycleConfigurationCommand,
  ListBucketsCommand,
  PutBucketLifecycleConfigurationCommand,
  PutBucketPolicyCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { StorageFault } from '../downloads/faults.ts';
import type { Artifact } from '../downloads/job-record.ts';
import { objectIdOf } from '../downloads/object-id.ts';
import { connectS3 } from '../s3/connect-s3.ts';
import { allOf } from '../testing/all-of.ts';
import { collectedLog, type CollectedLog } from '../testing/collected-log.ts';
import { describeWith } from '../testing/describe-with.ts';
import { MeddlingProxy } from '../testing/meddling-proxy.ts';
import { gatewayOfSuite, gatewayProgram } from '../testing/start-object-gateway.ts';
import { objectStoreContract } from './object-store.contract.ts';
import { S3ObjectStore, type S3ObjectStoreOptions } from './s3-object-store.ts';

// A real server on a machine that may have other work to do.
vi.setConfig({ testTimeout: 60_000 });

const never = new AbortController().signal;
const dayMs = 86_400_000;
const newName = () => ({ id: objectIdOf(randomUUID()), fence: 1, fileName: 'report.bin' });

describeWith(gatewayProgram, 'S3ObjectStore', () => {
  const gateway = gatewayOfSuite();

  const options = (different: Partial<S3ObjectStoreOptions> = {}): S3ObjectStoreOptions & { readonly log: CollectedLog } => ({
    access: gateway.access(),
    publicEndpoint: null,
    bucket: `b-${randomUUID()}`,
    maxArtifactBytes: 10_000_000_000,
    artifactTtlMs: dayMs,
    ...different,
    log: collectedLog(),
  });
  const open = async (wish: S3ObjectStoreOptions) => {
    const store = await S3ObjectStore.open(wish);
    onTestFinished(() => store.close());
    return store;
  };
  const keep = async (store: S3ObjectStore, bytes = 'bytes', name = newName()): Promise<Artifact> => {
    const stored = await store.write(name, 'text/plain', Readable.from([Buffer.from(bytes)]), never);
    return { ...name, ...stored, contentType: 'text/plain' };
  };
  /** As the operator sees it, beside the program. */
  const owner = () => {
    const client = connectS3(gateway.access(), 'asking');
    onTestFinished(() => client.destroy());
    return client;
  };
  const bucketNames = async () => ((await owner().send(new ListBucketsCommand())).Buckets ?? []).map(({ Name }) => Name);
  const messages = (log: CollectedLog) => log.lines.map(({ level, message }) => `${level}: ${message}`);

  for (const checksums of ['when_supported', 'when_required'] as const) {
    objectStoreContract(`S3ObjectStore with checksums ${checksums}`, async () => {
      const store = await S3ObjectStore.open(options({ access: gateway.access({ checksums }) }));
      return { store, origin: 'http://unused', close: () => store.close() };
    });
  }

  describe('its bucket', () => {
    it('is made where it is missing, also by two processes at once', async () => {
      const wish = options();
      const stores = await Promise.all([open(wish), open(wish)]);
      expect(await bucketNames()).toContain(wish.bucket);
      await Promise.all(stores.map((store) => store.check()));
      expect(wish.log.lines.filter(({ level }) => level === 'warn')).toEqual([]);
    });

    it('is used as it is where it belongs to another, who lets us write and not look', async () => {
      const wish = options();
      const stranger = await gateway.addStranger();
      await owner().send(new CreateBucketCommand({ Bucket: wish.bucket }));
      const statement = { Effect: 'Allow', Principal: { AWS: [`arn:aws:iam:::user/${stranger.accessKeyId}`] } };
      const actions = ['s3:PutObject', 's3:GetObject', 's3:AbortMultipartUpload'];
      const policy = { Version: '2012-10-17', Statement: [{ ...statement, Action: actions, Resource: [`arn:aws:s3:::${wish.bucket}/*`] }] };
      await owner().send(new PutBucketPolicyCommand({ Bucket: wish.bucket, Policy: JSON.stringify(policy) }));

      const store = await open({ ...wish, access: gateway.access({ credentials: stranger }) });
      await store.check();
      const link = await store.signLink(await keep(store), { method: 'GET', ttlMs: 60_000, origin: '' });
      expect(await (await fetch(link)).text()).toBe('bytes');
      expect(messages(wish.log)).toEqual(['warn: the bucket has no rules for unfinished uploads and forgotten artifacts']);
    });

    it('is refused by the check where we may not write', async () => {
      const wish = options();
      await owner().send(new CreateBucketCommand({ Bucket: wish.bucket }));
      const store = await open({ ...wish, access: gateway.access({ credentials: await gateway.addStranger() }) });
      await expect(store.check()).rejects.toMatchObject({ code: 'storage-unavailable', cause: { message: 'S3 answered 403 AccessDenied' } });
    });

    it('gives up unfinished uploads after a day, and deletes what was forgotten days after we would have', async () => {
      const wish = options({ artifactTtlMs: 1.5 * dayMs });
      await open(wish);
      const read = async () => (await owner().send(new GetBucketLifecycleConfigurationCommand({ Bucket: wish.bucket }))).Rules;
      const rule = { Status: 'Enabled', AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 }, Expiration: { Days: 4 } };
      expect(await read()).toMatchObject([rule]);
      await open({ ...wish, artifactTtlMs: 3 * dayMs });
      expect(await read()).toMatchObject([{ ...rule, Expiration: { Days: 5 } }]);
    });

    it("keeps the operator's own rules, and writes none that is there already", async () => {
      const wish = options();
      await owner().send(new CreateBucketCommand({ Bucket: wish.bucket }));
      const theirs = { ID: 'theirs', Status: 'Enabled', Filter: { Prefix: 'logs/' }, Expiration: { Days: 30 } } as const;
      await owner().send(new PutBucketLifecycleConfigurationCommand({ Bucket: wish.bucket, LifecycleConfiguration: { Rules: [theirs] } }));
      await using proxy = await MeddlingProxy.before(gateway.port);
      const access = gateway.access({ endpoint: proxy.endpoint });
      const written = () => proxy.seen.filter((line) => line.startsWith('PUT') && line.includes('lifecycle')).length;
      await open({ ...wish, access });
      const { Rules } = await owner().send(new GetBucketLifecycleConfigurationCommand({ Bucket: wish.bucket }));
      expect(Rules?.map(({ ID }) => ID).toSorted()).toEqual(['delineate-downloads', 'theirs']);
      expect(written()).toBe(1);
      await open({ ...wish, access });
      expect(written()).toBe(1);
    });

    it('never loses what others keep in it', async () => {
      const wish = options();
      await owner().send(new CreateBucketCommand({ Bucket: wish.bucket }));
      const theirs = ['2024/1/plan.pdf', 'customers-of-the-north/7/list.csv', 'obj_customers/7/list.csv', `${newName().id}/1/deep/notes.txt`];
      for (const Key of theirs) await owner().send(new PutObjectCommand({ Bucket: wish.bucket, Key, Body: 'theirs' }));
      const store = await open(wish);
      const { Rules } = await owner().send(new GetBucketLifecycleConfigurationCommand({ Bucket: wish.bucket }));
      expect(Rules?.map(({ Filter }) => Filter?.Prefix)).toEqual(['obj_']);
      expect(await allOf(store.list())).toEqual([]);
    });
  });

  describe('listing and deleting', () => {
    it('goes through more than one page of objects, whatever they are called', async () => {
      const wish = options();
      const store = await open(wish);
      const client = owner();
      const many = Array.from({ length: 1010 }, (_, n) => ({ id: objectIdOf(`job ${n}`), fence: n }));
      for (let n = 0; n < many.length; n += 50) {
        const some = many.slice(n, n + 50);
        await Promise.all(some.map(({ id, fence }) => client.send(new PutObjectCommand({ Bucket: wish.bucket, Key: `${id}/${fence}/ü + %41 &.bin`, Body: 'x' }))));
      }
      const found = await allOf(store.list());
      expect(found.toSorted((a, b) => a.fence - b.fence)).toEqual(many);
      await store.delete(many[7]!);
      expect(await allOf(store.list())).toHaveLength(1009);
    });

    it('refuses a name that would lead elsewhere', async () => {
      const store = await open(options());
      for (const id of ['../up', 'a/b', '', '.', 'short', `${'a'.repeat(22)}/1/x`]) {
        await expect(store.delete({ id, fence: 1 })).rejects.toThrow(RangeError);
      }
    });
  });

  describe('a link', () => {
    const click = { method: 'GET', ttlMs: 900_000, origin: 'http://unused' } as const;
    const withChain = (credentials = gateway.keys, different: Record<string, string | undefined> = {}) => {
      onTestFinished(() => void vi.unstubAllEnvs());
      const { accessKeyId: AWS_ACCESS_KEY_ID, secretAccessKey: AWS_SECRET_ACCESS_KEY } = credentials;
      const nowhere = { AWS_SHARED_CREDENTIALS_FILE: '/nowhere', AWS_CONFIG_FILE: '/nowhere', AWS_EC2_METADATA_DISABLED: 'true' };
      for (const [name, value] of Object.entries({ ...nowhere, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, ...different })) vi.stubEnv(name, value);
      return gateway.access({ credentials: null });
    };

    it('leads to the address that browsers reach, and works there', async () => {
      const publicEndpoint = `http://localhost:${gateway.port}`;
      const store = await open(options({ publicEndpoint }));
      const link = await store.signLink(await keep(store), click);
      expect(new URL(link).origin).toBe(publicEndpoint);
      const answer = await fetch(link);
      expect([answer.status, answer.headers.get('cache-control'), await answer.text()]).toEqual([200, 'private, no-store', 'bytes']);
    });

    it('lives as long as was said', async () => {
      const store = await open(options());
      const link = new URL(await store.signLink(await keep(store), { ...click, ttlMs: 1_800_000 }));
      expect(link.searchParams.get('X-Amz-Expires')).toBe('1800');
      expect(link.search).not.toContain('checksum');
    });

    it('is signed at the click, by the credentials of the moment, and does not claim to outlive them', async () => {
      const soon = new Date(Date.now() + 200_000).toISOString();
      const access = withChain(gateway.keys, { AWS_CREDENTIAL_EXPIRATION: soon });
      const store = await open(options({ access }));
      const artifact = await keep(store);
      const first = new URL(await store.signLink(artifact, click));
      expect((await fetch(first)).status).toBe(200);
      expect(Number(first.searchParams.get('X-Amz-Expires'))).toBeLessThanOrEqual(200);

      const next = await gateway.addStranger();
      withChain(next, { AWS_CREDENTIAL_EXPIRATION: soon });
      const second = new URL(await store.signLink(artifact, click));
      expect(second.searchParams.get('X-Amz-Credential')).toContain(next.accessKeyId);
    });

    it('is not to be had without credentials, which is a passing fault', async () => {
      const store = await open(options({ access: withChain(gateway.keys, { AWS_ACCESS_KEY_ID: undefined }) }));
      const artifact = { ...newName(), size: 5, sha256: '', contentType: 'text/plain' };
      await expect(store.signLink(artifact, click)).rejects.toMatchObject({ name: 'StorageFault', code: 'storage-unavailable' });
    });
  });

  it.each(['InvalidAccessKeyId', 'SignatureDoesNotMatch'])('tells no key and no signature in an error or to the log: %s', async (name) => {
    const { accessKeyId, secretAccessKey } = gateway.keys;
    const wrong = name === 'InvalidAccessKeyId' ? { accessKeyId: 'NOBODYNOBODY', secretAccessKey } : { accessKeyId, secretAccessKey: 'guessed-secret' };
    const wish = options({ access: gateway.access({ credentials: wrong }) });
    const store = await open(wish);
    const errors: unknown[] = await Promise.all([store.check(), keep(store), store.delete(newName()), allOf(store.list())].map((answer) => answer.catch((error: unknown) => error)));
    for (const error of errors) expect(error).toBeInstanceOf(StorageFault);
    expect(inspect(errors)).toContain(`403 ${name}`);
    const told = inspect([errors, wish.log.lines], { depth: 20, showHidden: true });
    for (const secret of [wrong.accessKeyId, wrong.secretAccessKey, 'AWS4-HMAC', 'X-Amz', 'x-amz', wish.bucket + '/']) expect(told).not.toContain(secret);
  });
});

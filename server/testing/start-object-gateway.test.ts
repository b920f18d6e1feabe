import { CreateBucketCommand, GetObjectCommand, ListBucketsCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { expect, it } from 'vitest';
import { describeWith } from './describe-with.ts';
import { gatewayOfSuite, gatewayProgram } from './start-object-gateway.ts';

describeWith(gatewayProgram, 'an object gateway of a suite', () => {
  const gateway = gatewayOfSuite();
  const as = (credentials = gateway.keys) =>
    new S3Client({ endpoint: gateway.endpoint, region: 'us-east-1', forcePathStyle: true, maxAttempts: 1, credentials });

  it('is a real S3 server: it keeps what it is given, and refuses strangers and forgers', async () => {
    const mine = as();
    await mine.send(new CreateBucketCommand({ Bucket: 'kept' }));
    await mine.send(new PutObjectCommand({ Bucket: 'kept', Key: 'a', Body: 'bytes' }));
    const found = await mine.send(new GetObjectCommand({ Bucket: 'kept', Key: 'a' }));
    expect(await found.Body?.transformToString()).toBe('bytes');

    const stranger = as(await gateway.addStranger());
    expect((await stranger.send(new ListBucketsCommand())).Buckets).toEqual([]);
    await expect(stranger.send(new GetObjectCommand({ Bucket: 'kept', Key: 'a' }))).rejects.toMatchObject({ name: 'AccessDenied' });
    const forger = as({ ...gateway.keys, secretAccessKey: 'guessed' });
    await expect(forger.send(new ListBucketsCommand())).rejects.toMatchObject({ name: 'SignatureDoesNotMatch' });
    expect((await fetch(`${gateway.endpoint}/kept/a`)).status).toBe(403);
  });

  it('has what it was given after kill -9, at the same address', async () => {
    const mine = as();
    await mine.send(new CreateBucketCommand({ Bucket: 'survivor' }));
    const { endpoint } = gateway;
    await gateway.kill();
    await expect(mine.send(new ListBucketsCommand())).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    await gateway.start();
    expect(gateway.endpoint).toBe(endpoint);
    const { Buckets } = await mine.send(new ListBucketsCommand());
    expect(Buckets?.map(({ Name }) => Name)).toContain('survivor');
  });

  it('answers nothing while it is frozen, and all of it afterwards', async () => {
    gateway.freeze();
    const answer = fetch(gateway.endpoint);
    await expect(Promise.race([answer, new Promise((resolve) => setTimeout(resolve, 100, 'silence'))])).resolves.toBe('silence');
    gateway.thaw();
    expect((await answer).status).toBe(200);
  });
});

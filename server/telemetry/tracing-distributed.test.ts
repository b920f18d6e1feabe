import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { aCluster } from '../testing/a-cluster.ts';
import { describeWith } from '../testing/describe-with.ts';
import { spanTree } from '../testing/span-tree.ts';
import { gatewayOfSuite, gatewayProgram } from '../testing/start-object-gateway.ts';
import { startOtlpReceiver } from '../testing/start-otlp-receiver.ts';

const fileBytes = 6_000_000;
const secret = 'source-password';
/** In `SpanKind` of OTLP. */
const server = 2;

/** Somebody's service that gives files, over an address with a secret in it. */
async function startSource(): Promise<string> {
  const source = createServer((req, res) => {
    res.writeHead(200, { 'content-length': fileBytes, etag: '"v1"', 'content-type': 'application/octet-stream' });
    res.end(req.method === 'HEAD' ? undefined : Buffer.alloc(fileBytes));
  });
  await new Promise<void>((listening) => source.listen(0, '127.0.0.1', listening));
  onTestFinished(() => {
    source.closeAllConnections();
    source.close();
  });
  return `http://user:${secret}@127.0.0.1:${(source.address() as AddressInfo).port}/{file_id}?key=${secret}`;
}

describeWith(gatewayProgram, 'the traces of a program over Redis and S3', () => {
  const gateway = gatewayOfSuite();

  it('tell of a download in one tree over all processes, with what each of them asked of others', { timeout: 60_000 }, async () => {
    const { receiver, environment: sending } = await startOtlpReceiver();
    const { accessKeyId, secretAccessKey } = gateway.keys;
    const storage = { S3_ENDPOINT: gateway.endpoint, S3_ACCESS_KEY_ID: accessKeyId, S3_SECRET_ACCESS_KEY: secretAccessKey, S3_BUCKET: `b-${crypto.randomUUID()}` };
    const cluster = await aCluster({ environment: { ...storage, ...sending, SOURCE_URL_TEMPLATE: await startSource() } });
    const [api, worker] = [await cluster.api(), await cluster.worker()];
    const { jobId } = await api.ask({ file_id: 7 });
    const { traceId, status, attempts } = await api.until(jobId);
    expect([status, attempts]).toEqual(['completed', 1]);
    const link = await api.fetch(`/v1/download/${jobId}`);
    const attempt = await receiver.until((spans) => spans.find(({ name }) => name === 'attempt'));
    const asked = await receiver.until((spans) => spans.find(({ name }) => name === 'POST /v1/download/initiate'));
    await Promise.all([api.stop(1000), worker.stop(1000)]);

    expect(spanTree(receiver.ofTrace(traceId))).toMatchObject({
      'POST /v1/download/initiate': {
        'HTTP HEAD': {},
        'redis EVALSHA create': {},
        enqueue: { 'redis queue.add': {} },
        attempt: {
          source: { 'HTTP HEAD': {}, 'HTTP GET': {} },
          packing: {},
          upload: { 'S3 CreateMultipartUpload': {}, 'S3 UploadPart': {}, 'S3 CompleteMultipartUpload': {} },
          publish: { 'redis EXISTS': {}, 'redis EVALSHA write': {} },
        },
      },
    });
    expect([asked.resource['download.role'], attempt.resource['download.role']]).toEqual(['api', 'worker']);
    expect(receiver.spans.filter(({ parentSpanId, kind }) => parentSpanId === undefined && kind !== server)).toEqual([]);
    expect(receiver.complaints).toEqual([]);
    const sent = receiver.requests.map(({ body }) => body).join();
    for (const word of [accessKeyId, secretAccessKey, secret, 'X-Amz', link.headers.get('location')!]) expect(sent).not.toContain(word);
  });
});

describeWith('redis-server', 'an attempt that takes its time', () => {
  it('is not told of once a second: progress and the renewal of its claim are in no trace', { timeout: 60_000 }, async () => {
    const { receiver, environment } = await startOtlpReceiver();
    const cluster = await aCluster({ environment: { ...environment, DOWNLOAD_DELAY_MIN_MS: '3500', DOWNLOAD_DELAY_MAX_MS: '3500' } });
    const [api] = [await cluster.api(), await cluster.worker()];
    const { traceId } = await api.until((await api.ask({ file_id: 10_000 })).jobId);
    await receiver.until((spans) => spans.find(({ name }) => name === 'attempt'));
    const writes = receiver.ofTrace(traceId).filter(({ name }) => name === 'redis EVALSHA write');
    // That all was fetched, and that it is completed.
    expect(writes).toHaveLength(2);
    expect(receiver.spans.filter(({ parentSpanId, kind }) => parentSpanId === undefined && kind !== server)).toEqual([]);
  });
});

describeWith('redis-server', 'questions to Redis that go out together', () => {
  it('are told of each as a part of the request that asks', async () => {
    const { receiver, environment } = await startOtlpReceiver();
    const cluster = await aCluster({ environment });
    const api = await cluster.api();
    const traceIds = Array.from({ length: 50 }, (_, nth) => `${'a'.repeat(29)}${100 + nth}`);
    await Promise.all(traceIds.map((id) => api.fetch('/v1/download/status/dl_none', { headers: { traceparent: `00-${id}-00f067aa0ba902b7-01` } })));
    await api.stop(1000);
    const tree = { 'GET /v1/download/status/:jobId': { 'redis GET': {} } };
    expect(traceIds.map((id) => [receiver.ofTrace(id).length, spanTree(receiver.ofTrace(id))])).toEqual(traceIds.map(() => [2, tree]));
  });
});

import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { expect, it, onTestFinished, vi } from 'vitest';
import { StorageFault } from '../downloads/faults.ts';
import { objectIdOf } from '../downloads/object-id.ts';
import type { S3Access } from '../s3/s3-access.ts';
import { allOf } from '../testing/all-of.ts';
import { collectedLog } from '../testing/collected-log.ts';
import { describeWith } from '../testing/describe-with.ts';
import { MeddlingProxy, type Meddling } from '../testing/meddling-proxy.ts';
import { gatewayOfSuite, gatewayProgram } from '../testing/start-object-gateway.ts';
import { SwallowingProxy } from '../testing/swallowing-proxy.ts';
import { S3ObjectStore } from './s3-object-store.ts';
import { partBytesFor } from './upload-object.ts';

// A real server on a machine that may have other work to do.
vi.setConfig({ testTimeout: 60_000 });
const soon = { timeout: 20_000 };

const never = new AbortController().signal;
const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
/** Two parts and a piece. */
const bytes = randomBytes(12_000_000);
const wholeBody = () => Readable.from([bytes.subarray(0, 4_000_000), bytes.subarray(4_000_000, 9_000_000), bytes.subarray(9_000_000)]);
/** More than a part, and then nothing any more. */
const stallingBody = () => {
  const body = new Readable({ read() {} });
  body.push(bytes.subarray(0, 6_000_000));
  return body;
};

it('takes parts of 5 MiB up to 52 GB, and larger ones where more would be too many', () => {
  expect(partBytesFor(10_000_000_000)).toBe(5 * 2 ** 20);
  for (const maxBytes of [1, 52_428_800_000, 52_428_800_001, 5 * 2 ** 40]) expect(maxBytes / partBytesFor(maxBytes)).toBeLessThanOrEqual(10_000);
  expect(partBytesFor(52_428_800_001)).toBe(6 * 2 ** 20);
});

describeWith(gatewayProgram, 'an upload', () => {
  const gateway = gatewayOfSuite();

  const open = async (different: Partial<S3Access> = {}) => {
    const access = gateway.access(different);
    const wish = { publicEndpoint: null, maxArtifactBytes: 10_000_000_000, artifactTtlMs: 1000, log: collectedLog() };
    const store = await S3ObjectStore.open({ ...wish, access, bucket: `b-${randomUUID()}` });
    onTestFinished(() => store.close());
    return store;
  };
  const openThrough = ({ endpoint }: MeddlingProxy) => open({ endpoint });
  /** Long enough for a slow machine, and short enough to wait for. */
  const impatient = { silenceMs: 3000 };
  const newName = () => ({ id: objectIdOf(randomUUID()), fence: 1, fileName: 'report.bin' });
  const write = (store: S3ObjectStore, body = wholeBody(), signal = never) => store.write(newName(), 'text/plain', body, signal);
  const bytesBehind = async (store: S3ObjectStore, artifact: { id: string; fence: number; fileName: string }) => {
    const signed = await store.signLink({ ...artifact, size: 0, sha256: '', contentType: 'text/plain' }, { method: 'GET', ttlMs: 60_000, origin: '' });
    return Buffer.from(await (await fetch(signed)).arrayBuffer());
  };
  const contents = (store: S3ObjectStore) => allOf(store.list());
  const parts = (proxy: MeddlingProxy) => proxy.seen.filter((line) => line.includes('partNumber'));

  it('leaves nothing of itself when it is aborted while parts are there and under way, and tells the reason at once', async () => {
    await using proxy = await MeddlingProxy.before(gateway.port);
    const store = await openThrough(proxy);
    proxy.meddleOnce(/partNumber=1/, { what: 'silence', whose: 'request', afterBytes: 1_000_000 });
    const abort = new AbortController();
    const body = stallingBody();
    const writing = write(store, body, abort.signal);
    await vi.waitFor(() => expect(parts(proxy)).toHaveLength(1), soon);
    expect(await contents(store)).toHaveLength(1);
    const reason = new Error('cancelled on purpose');
    abort.abort(reason);
    await expect(writing).rejects.toBe(reason);
    expect(parts(proxy)).toHaveLength(1);
    expect(body.destroyed).toBe(true);
    expect(await contents(store)).toEqual([]);
  });

  it.each([
    ['is being finished', /^POST .*uploadId=/, wholeBody],
    ['is sent as a whole', /^PUT .*report/, () => Readable.from([bytes.subarray(0, 1000)])],
  ])('leaves nothing of itself when it is aborted while it %s, and the request arrives late', async (_what, last, body) => {
    await using proxy = await MeddlingProxy.before(gateway.port);
    const store = await openThrough(proxy);
    const abort = new AbortController();
    const reason = new Error('cancelled on purpose');
    proxy.meddle((line) => (last.test(line) ? { what: 'delay', ms: 300 } : null));
    const writing = write(store, body(), abort.signal);
    await vi.waitFor(() => expect(proxy.seen.some((line) => last.test(line))).toBe(true), soon);
    abort.abort(reason);
    await expect(writing).rejects.toBe(reason);
    await vi.waitFor(() => expect(proxy.answered.some((line) => last.test(line))).toBe(true), soon);
    expect(await contents(store)).toEqual([]);
  });

  it('leaves nothing of itself when the body fails after parts of it are there', async () => {
    const store = await open();
    const body = stallingBody();
    const writing = write(store, body);
    await vi.waitFor(async () => expect(await contents(store)).toHaveLength(1), soon);
    const mistake = new Error('the source is gone');
    body.destroy(mistake);
    await expect(writing).rejects.toBe(mistake);
    expect(await contents(store)).toEqual([]);
  });

  it('says a part again that was refused for the moment, cut in the middle, or lost in silence', async () => {
    await using proxy = await MeddlingProxy.before(gateway.port);
    const store = await open({ endpoint: proxy.endpoint, ...impatient });
    const refused: Meddling = { what: 'answer', status: 503 };
    const broken = { whose: 'request', afterBytes: 3_000_000 } as const;
    const fate: Record<string, Meddling[]> = { 1: [refused, { what: 'cut', ...broken }], 2: [refused, { what: 'silence', ...broken }] };
    proxy.meddle((line) => fate[/partNumber=(\d)/.exec(line)?.[1] ?? '']?.shift() ?? null);
    const name = newName();
    expect(await store.write(name, 'text/plain', wholeBody(), never)).toEqual({ size: bytes.length, sha256: sha256(bytes) });
    expect(bytes.equals(await bytesBehind(store, name))).toBe(true);
    expect(parts(proxy)).toHaveLength(3 + 4);
    expect(await contents(store)).toEqual([{ id: name.id, fence: 1 }]);
  });

  it.each(['when_supported', 'when_required'] as const)('is refused where a part does not arrive as it was sent: checksums %s', async (checksums) => {
    await using proxy = await MeddlingProxy.before(gateway.port);
    const store = await open({ endpoint: proxy.endpoint, checksums });
    proxy.meddle((line) => (line.includes('partNumber=2') ? { what: 'damage', whose: 'request' } : null));
    await expect(write(store)).rejects.toThrow(StorageFault);
    expect(await contents(store)).toEqual([]);
  });

  it('is not begun twice: a beginning whose answer is lost is a failure, and is taken back', async () => {
    await using proxy = await MeddlingProxy.before(gateway.port);
    const store = await openThrough(proxy);
    const begins = () => proxy.seen.filter((line) => /^POST .*uploads/.test(line)).length;
    proxy.meddleOnce(/^POST .*uploads/, { what: 'cut', whose: 'answer', afterBytes: 10 });
    await expect(write(store)).rejects.toThrow(StorageFault);
    expect(begins()).toBe(1);
    expect(await contents(store)).toEqual([]);
  });

  it('fails soon where S3 refuses while the source lets it wait', async () => {
    await using proxy = await MeddlingProxy.before(gateway.port);
    const store = await openThrough(proxy);
    proxy.meddle((line) => (line.includes('partNumber') ? { what: 'answer', status: 403 } : null));
    const body = stallingBody();
    await expect(write(store, body)).rejects.toMatchObject({ code: 'storage-unavailable', cause: { message: expect.stringContaining('403') as string } });
    expect(body.destroyed).toBe(true);
    expect(await contents(store)).toEqual([]);
  });

  it('is not held for ever by a connection that is dead without saying so', async () => {
    await using proxy = await SwallowingProxy.before(gateway.port);
    const store = await open({ endpoint: `http://127.0.0.1:${proxy.port}`, ...impatient });
    const body = stallingBody();
    const writing = write(store, body);
    await vi.waitFor(async () => expect(await contents(store)).toHaveLength(1), soon);
    proxy.swallow();
    body.push(bytes.subarray(0, 6_000_000));
    await expect(writing).rejects.toThrow(StorageFault);
    await expect(store.check()).rejects.toThrow(StorageFault);
    await proxy.pass();
    await store.check();
  });

  it('fails when the server dies; what is left of it is found and taken away once it is back', async () => {
    const store = await open();
    const body = stallingBody();
    const writing = write(store, body);
    await vi.waitFor(async () => expect(await contents(store)).toHaveLength(1), soon);
    await gateway.kill();
    body.push(bytes.subarray(0, 6_000_000));
    await expect(writing).rejects.toMatchObject({ code: 'storage-unavailable', cause: { message: expect.stringContaining('ECONNREFUSED') as string } });
    const left = stallingBody();
    await expect(write(store, left)).rejects.toThrow(StorageFault);
    await expect(store.check()).rejects.toThrow(StorageFault);

    await gateway.start();
    await store.check();
    const [orphan, ...more] = await contents(store);
    expect(more).toEqual([]);
    await store.delete(orphan!);
    expect(await contents(store)).toEqual([]);
    await write(store);
  });

  it('can be opened while the server is away, and is ready as soon as it is there', async () => {
    await gateway.kill();
    const store = await open();
    await expect(store.check()).rejects.toThrow(StorageFault);
    await gateway.start();
    await store.check();
    await write(store);
  });
});

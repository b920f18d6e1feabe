import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import {
  downloadPaths,
  historyResponseSchema,
  initiateResponseSchema,
  statusesResponseSchema,
  checkResponseSchema,
} from '#shared/download-api.ts';
import { jobSchema } from '#shared/job.ts';
import { problemSchema, type ProblemCode } from '#shared/problem.ts';
import { simulatedBytes } from '../file-source/simulated-bytes.ts';
import { aProgram, type TestProgram } from '../testing/a-program.ts';

const fileId = 70_412;
const forbidden = 99_999_902;
const silent = 99_999_904;

async function expectProblem(answer: Response, status: number, code: ProblemCode) {
  expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  const problem = problemSchema.parse(await answer.json());
  expect([answer.status, problem.status, problem.code]).toEqual([status, status, code]);
  expect(problem.type).toMatch(new RegExp(`/docs#${code}$`));
  expect(problem.requestId).toBe(answer.headers.get('x-request-id'));
  return problem;
}

const accepted = async (answer: Promise<Response>) => initiateResponseSchema.parse(await (await answer).json());
const shown = async (answer: Promise<Response>) => jobSchema.parse(await (await answer).json());

/** As a browser does that goes to an address; `fetch` cannot say so of itself. */
async function visit(program: TestProgram, path: string) {
  const [answer] = (await once(get(program.address + path, { headers: { 'Sec-Fetch-Mode': 'navigate' } }), 'response')) as [IncomingMessage];
  return { status: answer.statusCode, type: answer.headers['content-type'], body: await text(answer) };
}

/** Sends bytes as they are, and gives all that comes back. */
async function raw(port: number, bytes: string): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  socket.end(bytes);
  return text(socket);
}

async function completed(program: TestProgram, body: object = { file_id: fileId }) {
  const { jobId } = await program.ask(body);
  return program.until(jobId);
}

describe('POST initiate', () => {
  it('answers at once with a queued job, however long the file takes', async () => {
    const program = await aProgram();
    const answer = await program.post(downloadPaths.initiate(), { file_id: silent, userId: 'ada', clientRequestId: 'one' });
    const { job, ...rest } = initiateResponseSchema.parse(await answer.json());
    expect(answer.status).toBe(202);
    expect(rest).toMatchObject({ jobId: job.jobId, expiresAt: job.expiresAt, deduplicated: false });
    expect(job).toMatchObject({ fileId: silent, userId: 'ada', clientRequestId: 'one', priority: 'normal', settled: false });
    expect(job.jobId).toMatch(/^dl_[\w-]{22}$/);
  });

  it('refuses what breaks the schema, one entry per field', async () => {
    const program = await aProgram();
    const answer = await program.post(downloadPaths.initiate(), { file_id: '7', priority: 'urgent', userId: '' });
    const { errors } = await expectProblem(answer, 400, 'validation-failed');
    expect(errors?.map(({ pointer }) => pointer).toSorted()).toEqual(['/file_id', '/priority', '/userId']);
    const whole = await expectProblem(await program.post(downloadPaths.initiate(), []), 400, 'validation-failed');
    expect(whole.errors?.map(({ pointer }) => pointer)).toEqual(['']);
  });

  it.each([
    ['neither number', {}],
    ['both', { file_id: 10_000, file_ids: [10_001] }],
    ['a number that is no safe integer', { file_id: 2 ** 53 }],
    ['zero', { file_id: 0 }],
    ['a fraction', { file_id: 10_000.5 }],
    ['numbers that repeat', { file_ids: [10_000, 10_000] }],
    ['no numbers', { file_ids: [] }],
    ['text that is not Unicode', { file_id: 10_000, userId: '\ud800' }],
    ['too many', { file_ids: Array.from({ length: 1001 }, (_, index) => 10_000 + index) }],
    ['a list for a body', []],
    ['null for a body', null],
  ])('refuses %s', async (_name, body) => {
    const program = await aProgram();
    await expectProblem(await program.post(downloadPaths.initiate(), body), 400, 'validation-failed');
  });

  it('refuses broken JSON, another type, compression, and what is too large', async () => {
    const program = await aProgram();
    const send = (body: string, headers: Record<string, string>) =>
      program.fetch(downloadPaths.initiate(), { method: 'POST', body, headers });
    const json = { 'Content-Type': 'application/json' };
    await expectProblem(await send('{"file_id":', json), 400, 'malformed-request');
    await expectProblem(await send('file_id=1', { 'Content-Type': 'application/x-www-form-urlencoded' }), 415, 'unsupported-media-type');
    await expectProblem(await program.post(downloadPaths.initiate()), 415, 'unsupported-media-type');
    await expectProblem(await send('x', { ...json, 'Content-Encoding': 'gzip' }), 415, 'unsupported-media-type');
    await expectProblem(await send(JSON.stringify({ file_id: 10_000, note: 'x'.repeat(70_000) }), json), 413, 'body-too-large');
  });

  it('says at once that a file does not exist, and keeps no key for it', async () => {
    const program = await aProgram();
    const { detail } = await expectProblem(
      await program.post(downloadPaths.initiate(), { file_ids: [10_000, 9999], clientRequestId: 'k' }),
      404,
      'file-not-found',
    );
    expect(detail).toContain('9999');
    expect((await program.ask({ file_id: 10_000, clientRequestId: 'k' })).deduplicated).toBe(false);
  });

  it('refuses a callback, since nothing would call it', async () => {
    const program = await aProgram();
    const body = { file_id: fileId, callbackUrl: 'https://example.org/done' };
    await expectProblem(await program.post(downloadPaths.initiate(), body), 400, 'callback-refused');
  });
});

describe('idempotency', () => {
  it('gives the same job for the same key and request, in whatever state it is', async () => {
    const program = await aProgram();
    const first = await completed(program, { file_id: fileId, clientRequestId: 'k', userId: 'ada' });
    const answer = await program.post(downloadPaths.initiate(), { file_id: fileId, userId: 'ada' }, { 'Idempotency-Key': '"k"' });
    expect([answer.status, answer.headers.get('idempotent-replayed')]).toEqual([202, 'true']);
    expect(await answer.json()).toMatchObject({ jobId: first.jobId, deduplicated: true, job: { status: 'completed' } });
  });

  it('keeps the keys of different users apart', async () => {
    const program = await aProgram();
    const jobIds = await Promise.all(
      ['ada', 'bob', undefined].map(async (userId) => (await program.ask({ file_id: fileId, clientRequestId: 'k', userId })).jobId),
    );
    expect(new Set(jobIds).size).toBe(3);
  });

  it('refuses the key for another request, and two keys that differ', async () => {
    const program = await aProgram();
    await program.ask({ file_id: fileId, clientRequestId: 'k' });
    const again = (body: object, headers = {}) => program.post(downloadPaths.initiate(), { clientRequestId: 'k', ...body }, headers);
    await expectProblem(await again({ file_id: fileId + 1 }), 422, 'idempotency-key-reused');
    await expectProblem(await again({ file_ids: [fileId] }), 422, 'idempotency-key-reused');
    await expectProblem(await again({ file_id: fileId, priority: 'high' }), 422, 'idempotency-key-reused');
    await expectProblem(await again({ file_id: fileId }, { 'Idempotency-Key': 'other' }), 400, 'idempotency-key-conflict');
    expect((await again({ file_id: fileId, priority: 'normal' }, { 'Idempotency-Key': 'k' })).status).toBe(202);
  });

  it('reads a key in its header as text in UTF-8, bare or as a string of RFC 9651', async () => {
    const program = await aProgram();
    const { jobId } = await program.ask({ file_id: fileId, clientRequestId: 'schlüssel "1"' });
    const inHeader = (key: string) => Buffer.from(key).toString('latin1');
    for (const key of ['schlüssel "1"', '"schlüssel \\"1\\""']) {
      const answer = accepted(program.post(downloadPaths.initiate(), { file_id: fileId }, { 'Idempotency-Key': inHeader(key) }));
      expect((await answer).jobId).toBe(jobId);
    }
    const open = program.post(downloadPaths.initiate(), { file_id: fileId }, { 'Idempotency-Key': '"open' });
    await expectProblem(await open, 400, 'validation-failed');
  });

  it('makes one job of a thousand concurrent requests', async () => {
    const program = await aProgram();
    const answers = await Promise.all(Array.from({ length: 1000 }, () => program.ask({ file_id: fileId, clientRequestId: 'k' })));
    expect(new Set(answers.map(({ jobId }) => jobId)).size).toBe(1);
    expect(answers.filter(({ deduplicated }) => !deduplicated)).toHaveLength(1);
  });
});

describe('GET status', () => {
  it('tells a finished job whole', async () => {
    const program = await aProgram();
    const job = await completed(program, { file_id: fileId, userId: 'ada' });
    const { size, sha256 } = job.result;
    expect(job).toMatchObject({ status: 'completed', settled: true, nextPollInMs: null, queue: null, worker: null, errorCode: null, attempts: 1 });
    expect(job.progress).toMatchObject({ percent: 100, bytesDone: size, bytesTotal: size, indeterminate: false });
    expect(job.result).toMatchObject({ url: program.address + downloadPaths.download(job.jobId), expiresAt: job.expiresAt });
    expect(sha256).toBe(createHash('sha256').update(simulatedBytes(fileId, 0, size!)).digest('hex'));
    expect(job.timeline).toBeUndefined();
  });

  it('tells what happened when asked for the timeline', async () => {
    const program = await aProgram();
    const { jobId } = await completed(program);
    const { timeline } = await shown(program.fetch(`${downloadPaths.status(jobId)}?include=timeline`));
    const { headers } = await program.fetch(downloadPaths.status(jobId));
    const other = await program.fetch(`${downloadPaths.status(jobId)}?include=timeline`, { headers: { 'If-None-Match': headers.get('etag')! } });
    expect(other.status).toBe(200);
    expect(timeline?.map(({ event }) => event)).toEqual(['asked', 'attempt began', 'fetched', 'completed']);
  });

  it('answers 304 to a fetch that has the entity tag, until something moves', async () => {
    const program = await aProgram();
    const { jobId } = await program.ask({ file_id: silent });
    await program.until(jobId, ({ status }) => status === 'running');
    const first = await program.fetch(downloadPaths.status(jobId));
    const tag = first.headers.get('etag')!;
    expect(tag).toMatch(/^W\//);
    expect(Number(first.headers.get('retry-after'))).toBeGreaterThan(0);
    const poll = () => program.fetch(downloadPaths.status(jobId), { headers: { 'If-None-Match': tag, 'Cache-Control': 'no-cache' } });
    expect((await poll()).status).toBe(304);
    await program.post(downloadPaths.cancel(jobId));
    const moved = await poll();
    expect([moved.status, moved.headers.get('retry-after')]).toEqual([200, null]);
  });

  it('knows no stranger', async () => {
    const program = await aProgram();
    for (const id of ['nobody', 'dl_AAAAAAAAAAAAAAAAAAAAAA', '%00', '..%2f..', '💥'.repeat(50)]) {
      await expectProblem(await program.fetch(downloadPaths.status(id)), 404, 'job-not-found');
    }
    await expectProblem(await program.fetch('/v1/download/status/%E0%A4%A'), 400, 'malformed-request');
  });
});

describe('GET status of many', () => {
  it('answers in the order asked, names what is missing, and says when to come again', async () => {
    const program = await aProgram();
    const ready = await completed(program);
    const { jobId } = await program.ask({ file_id: silent });
    const answer = await program.fetch(`${downloadPaths.statuses()}?ids=${jobId},gone,${ready.jobId}`);
    const body = statusesResponseSchema.parse(await answer.json());
    expect(body.jobs.map((job) => job.jobId)).toEqual([jobId, ready.jobId]);
    expect([body.missing, body.nextPollInMs]).toEqual([['gone'], expect.any(Number)]);
    const again = await program.fetch(`${downloadPaths.statuses()}?ids=${ready.jobId}`);
    const replay = await program.fetch(`${downloadPaths.statuses()}?ids=${ready.jobId}`, { headers: { 'If-None-Match': again.headers.get('etag')! } });
    expect([statusesResponseSchema.parse(await again.json()).nextPollInMs, replay.status]).toEqual([null, 304]);
  });

  it('refuses none, more than 100, and a repeated parameter', async () => {
    const program = await aProgram();
    const many = Array.from({ length: 101 }, (_, index) => `x${index}`).join();
    for (const query of ['', '?ids=', '?ids=,', `?ids=${many}`, '?ids=a&ids=b']) {
      await expectProblem(await program.fetch(downloadPaths.statuses() + query), 400, 'validation-failed');
    }
  });
});

describe('GET download', () => {
  it('redirects to a link that gives the very bytes under the very name', async () => {
    const program = await aProgram();
    const { jobId, fileName, result } = await completed(program);
    const answer = await program.fetch(downloadPaths.download(jobId));
    expect([answer.status, answer.headers.get('cache-control'), answer.headers.get('referrer-policy')]).toEqual([302, 'no-store', 'no-referrer']);
    const file = await fetch(answer.headers.get('location')!);
    expect(file.headers.get('content-disposition')).toContain(`filename=${fileName}`);
    const bytes = Buffer.from(await file.arrayBuffer());
    expect(bytes.equals(simulatedBytes(fileId, 0, result.size!))).toBe(true);
  });

  it('signs for HEAD what is asked by HEAD', async () => {
    const program = await aProgram();
    const { jobId, result } = await completed(program);
    const answer = await program.fetch(downloadPaths.download(jobId), { method: 'HEAD' });
    const head = await fetch(answer.headers.get('location')!, { method: 'HEAD' });
    expect([answer.status, head.status, Number(head.headers.get('content-length'))]).toEqual([302, 200, result.size]);
  });

  it('gives links that nobody can change, lengthen or use without a signature', async () => {
    const program = await aProgram();
    const { jobId } = await completed(program);
    const link = (await program.fetch(downloadPaths.download(jobId))).headers.get('location')!;
    const path = link.slice(program.address.length);
    for (const changed of [path.replace(/expires=\d/, 'expires=9'), path.replace(/\?.*/, ''), path.replace('/1/', '/2/')]) {
      await expectProblem(await program.fetch(changed), 403, 'link-refused');
    }
    expect(link).not.toContain(jobId);
    const page = await visit(program, path.replace(/\?.*/, ''));
    expect(page).toMatchObject({ status: 403, type: 'text/html; charset=utf-8', body: expect.stringContaining('href="/"') });
  });

  it.each([
    ['job-not-ready', silent, false],
    ['job-cancelled', silent, true],
    ['job-failed', forbidden, false],
  ] as const)('says %s with the job', async (code, file, cancel) => {
    const program = await aProgram();
    const { jobId } = await program.ask({ file_id: file });
    if (cancel) await program.post(downloadPaths.cancel(jobId));
    else await program.until(jobId, ({ status }) => status === (file === forbidden ? 'failed' : 'running'));
    const { job } = await expectProblem(await program.fetch(downloadPaths.download(jobId)), 409, code);
    expect(job?.jobId).toBe(jobId);
  });

  it('expires at its moment, and the bytes are gone', async () => {
    const program = await aProgram({ DOWNLOAD_JOB_TTL_MS: '1000' });
    const { jobId } = await completed(program);
    const link = (await program.fetch(downloadPaths.download(jobId))).headers.get('location')!;
    await new Promise((resolve) => setTimeout(resolve, 1050));
    expect(await program.job(jobId)).toMatchObject({ status: 'expired', result: { url: null } });
    const { job } = await expectProblem(await program.fetch(downloadPaths.download(jobId)), 409, 'job-expired');
    expect(job).toMatchObject({ status: 'expired', result: { url: null, expiresAt: null, size: expect.any(Number), sha256: expect.any(String) } });
    expect((await fetch(link)).status).toBe(403);
  });

  it('gives a person a page instead of JSON, and nobody else', async () => {
    const program = await aProgram();
    const { jobId } = await program.ask({ file_id: silent });
    const page = await visit(program, downloadPaths.download(jobId));
    expect(page).toMatchObject({ status: 409, type: 'text/html; charset=utf-8' });
    expect(page.body).toContain(`href="/jobs/${jobId}"`);
    const unknown = await visit(program, downloadPaths.download('%3Cscript%3E'));
    expect(unknown).toMatchObject({ status: 404, body: expect.not.stringContaining('<script>') });
    expect(await visit(program, downloadPaths.status('x'))).toMatchObject({ status: 404, type: expect.stringContaining('problem+json') });
  });
});

describe('POST cancel', () => {
  it('ends the job and what works on it; again it says the same', async () => {
    const program = await aProgram();
    const { jobId } = await program.ask({ file_id: silent });
    await program.until(jobId, ({ status }) => status === 'running');
    for (const _again of [1, 2]) {
      expect((await shown(program.post(downloadPaths.cancel(jobId)))).status).toBe('cancelled');
    }
    expect((await program.job(jobId)).worker).toBeNull();
  });

  it('comes too late for a settled job, and knows no stranger', async () => {
    const program = await aProgram();
    const { jobId } = await completed(program);
    expect((await expectProblem(await program.post(downloadPaths.cancel(jobId)), 409, 'job-settled')).job?.status).toBe('completed');
    await expectProblem(await program.post(downloadPaths.cancel('nobody')), 404, 'job-not-found');
  });
});

describe('POST retry', () => {
  it('makes a new job of a settled one, and while that is under way, no second', async () => {
    const program = await aProgram();
    const { jobId } = await program.ask({ file_id: silent, userId: 'ada' });
    await program.post(downloadPaths.cancel(jobId));
    const retry = () => accepted(program.post(downloadPaths.retry(jobId)));
    const [first, second] = [await retry(), await retry()];
    expect(first).toMatchObject({ deduplicated: false, job: { retryOf: jobId, fileId: silent, userId: 'ada' } });
    expect(second).toMatchObject({ jobId: first.jobId, deduplicated: true });
    await program.post(downloadPaths.cancel(first.jobId));
    expect((await retry()).deduplicated).toBe(false);
  });

  it('takes an idempotency key', async () => {
    const program = await aProgram();
    const { jobId } = await completed(program);
    const retry = async () => (await accepted(program.post(downloadPaths.retry(jobId), undefined, { 'Idempotency-Key': 'r' }))).jobId;
    const first = await retry();
    await program.until(first);
    expect(await retry()).toBe(first);
    await expectProblem(await program.post(downloadPaths.initiate(), { file_id: fileId, clientRequestId: 'r' }), 422, 'idempotency-key-reused');
  });

  it('answers a key with the retry that it was answered with before, also once that one is settled', async () => {
    const program = await aProgram();
    const { jobId } = await program.ask({ file_id: silent });
    const cancel = (id: string) => program.post(downloadPaths.cancel(id));
    const retry = (key?: string) =>
      accepted(program.post(downloadPaths.retry(jobId), undefined, key === undefined ? {} : { 'Idempotency-Key': key }));
    await cancel(jobId);
    const open = await retry();
    expect(await retry('k')).toMatchObject({ jobId: open.jobId, deduplicated: true });
    await cancel(open.jobId);
    expect(await retry('k')).toMatchObject({ jobId: open.jobId, deduplicated: true, job: { status: 'cancelled' } });
    await expectProblem(await program.post(downloadPaths.initiate(), { file_id: silent, clientRequestId: 'k' }), 422, 'idempotency-key-reused');

    const next = await retry('l');
    expect(next).toMatchObject({ deduplicated: false, job: { retryOf: jobId } });
    await cancel(next.jobId);
    await program.fetch(downloadPaths.download(open.jobId), { method: 'DELETE' });
    expect(await retry('k')).toMatchObject({ deduplicated: false, job: { retryOf: jobId } });
  });

  it('wants a settled job that exists', async () => {
    const program = await aProgram();
    const { jobId } = await program.ask({ file_id: silent });
    await expectProblem(await program.post(downloadPaths.retry(jobId)), 409, 'job-not-settled');
    await expectProblem(await program.post(downloadPaths.retry('nobody')), 404, 'job-not-found');
  });
});

describe('DELETE download', () => {
  it('deletes a settled job with its file, and its key', async () => {
    const program = await aProgram();
    const { jobId } = await completed(program, { file_id: fileId, clientRequestId: 'k' });
    const link = (await program.fetch(downloadPaths.download(jobId))).headers.get('location')!;
    const remove = () => program.fetch(downloadPaths.download(jobId), { method: 'DELETE' });
    expect((await remove()).status).toBe(204);
    await expectProblem(await remove(), 404, 'job-not-found');
    await expectProblem(await program.fetch(downloadPaths.status(jobId)), 404, 'job-not-found');
    expect((await fetch(link)).status).toBe(404);
    expect((await program.ask({ file_id: fileId, clientRequestId: 'k' })).deduplicated).toBe(false);
  });

  it('wants a settled job', async () => {
    const program = await aProgram();
    const { jobId } = await program.ask({ file_id: silent });
    await expectProblem(await program.fetch(downloadPaths.download(jobId), { method: 'DELETE' }), 409, 'job-not-settled');
  });
});

describe('GET history', () => {
  it("pages through one user's jobs, newest first, filtered by status", async () => {
    const program = await aProgram();
    const asked: string[] = [];
    for (let index = 0; index < 5; index++) asked.unshift((await completed(program, { file_id: 10_000 + index, userId: 'ada' })).jobId);
    await completed(program, { file_id: fileId, userId: 'bob' });
    const page = async (query: string) => historyResponseSchema.parse(await (await program.fetch(`${downloadPaths.history()}?userId=ada${query}`)).json());
    const first = await page('&limit=3');
    const second = await page(`&limit=3&cursor=${first.nextCursor}`);
    expect([...first.jobs, ...second.jobs].map(({ jobId }) => jobId)).toEqual(asked);
    expect([first.total, second.total, second.nextCursor]).toEqual([5, 5, null]);
    expect((await page('&status=failed,cancelled')).total).toBe(0);
    expect((await page('&status=completed')).total).toBe(5);
  });

  it('refuses a bad limit, cursor or status, and nobody', async () => {
    const program = await aProgram();
    for (const query of ['', '?userId=', '?userId=a&limit=0', '?userId=a&limit=101', '?userId=a&limit=x', '?userId=a&limit=1&limit=2', '?userId=a&cursor=zzz', '?userId=a&cursor=', '?userId=a&status=done']) {
      await expectProblem(await program.fetch(downloadPaths.history() + query), 400, 'validation-failed');
    }
  });
});

describe('POST check', () => {
  it('tells what a number stands for', async () => {
    const program = await aProgram();
    const check = async (file_id: number) => checkResponseSchema.parse(await (await program.post(downloadPaths.check(), { file_id })).json());
    expect(await check(fileId)).toMatchObject({ file_id: fileId, available: true, fileName: expect.any(String), size: expect.any(Number) });
    expect(await check(9999)).toEqual({ file_id: 9999, available: false, fileName: null, size: null });
    await expectProblem(await program.post(downloadPaths.check(), { file_id: 'x' }), 400, 'validation-failed');
    await expectProblem(await program.post(downloadPaths.check(), { file_id: 1, note: 'x'.repeat(17_000) }), 413, 'body-too-large');
  });
});

describe('addresses', () => {
  it('have no events yet', async () => {
    const program = await aProgram();
    await expectProblem(await program.fetch(`${downloadPaths.events()}?ids=x`), 404, 'route-not-found');
  });

  it('say what they take', async () => {
    const program = await aProgram();
    for (const [method, path, allow] of [
      ['GET', downloadPaths.initiate(), 'POST, OPTIONS'],
      ['DELETE', downloadPaths.status('x'), 'GET, HEAD, OPTIONS'],
      ['PUT', downloadPaths.download('x'), 'GET, HEAD, DELETE, OPTIONS'],
      ['GET', downloadPaths.cancel('x'), 'POST, OPTIONS'],
    ] as const) {
      const answer = await program.fetch(path, { method });
      expect(answer.headers.get('allow')).toBe(allow);
      await expectProblem(answer, 405, 'method-not-allowed');
    }
  });

  it('refuse a Host that names no host, for links are made of it', async () => {
    const program = await aProgram();
    const { port } = new URL(program.address);
    for (const host of ['a b', 'a/b', 'ex.org:99999', 'a"b']) {
      const answer = await raw(Number(port), `GET /v1/nothing HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
      expect(answer, host).toMatch(/^HTTP\/1\.1 400 [^]*"code":"malformed-request"/);
      expect(answer).toContain('"type":"http://localhost/docs#');
    }
  });

  it('answer with a problem what is no request at all', async () => {
    const program = await aProgram();
    const { port } = new URL(program.address);
    const tooLong = `GET / HTTP/1.1\r\nHost: x\r\nX: ${'y'.repeat(20_000)}\r\n\r\n`;
    expect(await raw(Number(port), 'nonsense\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 [^]*problem\+json[^]*"code":"malformed-request"/);
    expect(await raw(Number(port), tooLong)).toMatch(/^HTTP\/1\.1 431 [^]*problem\+json/);
    const said = await raw(Number(port), 'nonsense\r\n\r\n');
    const { requestId, traceId } = JSON.parse(said.slice(said.indexOf('{'))) as { requestId: string; traceId: string };
    expect(program.log.lines.at(-1)).toMatchObject({ level: 'info', fields: { requestId, trace_id: traceId, status: 400 }, message: 'unreadable request' });
  });

  it('refuse in their own words a request without a Host, and mind no expectation', async () => {
    const program = await aProgram();
    const { port } = new URL(program.address);
    const ask = (line: string, header: string) => raw(Number(port), `GET /v1/nothing ${line}\r\n${header}Connection: close\r\n\r\n`);
    expect(await ask('HTTP/1.1', '')).toMatch(/^HTTP\/1\.1 400 [^]*problem\+json[^]*"code":"malformed-request"/);
    expect(await ask('HTTP/1.0', '')).toMatch(/^HTTP\/1\.1 404 [^]*problem\+json/);
    expect(await ask('HTTP/1.1', 'Host: x\r\nExpect: miracles\r\n')).toMatch(/^HTTP\/1\.1 404 [^]*problem\+json/);
    expect(program.log.lines.filter(({ message }) => message === 'request')).toHaveLength(3);
  });

  it('give every answer its id, and keep a sane one', async () => {
    const program = await aProgram();
    const withId = async (id: string) => (await program.fetch('/v1/nothing', { headers: { 'X-Request-Id': id } })).headers;
    expect((await withId('abc-1')).get('x-request-id')).toBe('abc-1');
    const made = await withId('a b "c"');
    expect(made.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
    expect([made.get('x-content-type-options'), made.get('x-powered-by')]).toEqual(['nosniff', null]);
  });

  it('carry the trace from the request to the job and to every problem', async () => {
    const program = await aProgram();
    const trace = '4bf92f3577b34da6a3ce929d0e0e4736';
    const headers = { traceparent: `00-${trace}-00f067aa0ba902b7-01` };
    const { job } = await accepted(program.post(downloadPaths.initiate(), { file_id: fileId }, headers));
    expect(job.traceId).toBe(trace);
    const refused = await expectProblem(await program.post(downloadPaths.initiate(), {}, headers), 400, 'validation-failed');
    expect(refused.traceId).toBe(trace);
  });
});

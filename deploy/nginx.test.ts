import { get, request, type IncomingMessage, type RequestListener } from 'node:http';
import { expect, it, vi } from 'vitest';
import { downloadPaths } from '#shared/download-api.ts';
import { problemSchema } from '#shared/problem.ts';
import { servicePaths } from '#shared/service-api.ts';
import { problemTable } from '../server/http/problem-table.ts';
import { aProgram } from '../server/testing/a-program.ts';
import { describeWith } from '../server/testing/describe-with.ts';
import { startNginx } from '../server/testing/start-nginx.ts';
import { startUpstream, type Upstream } from '../server/testing/start-upstream.ts';

const portOf = ({ address }: { address: string }) => Number(new URL(address).port);
const ok: RequestListener = (_, res) => void res.end('ok');
const post = (address: string, body = '{}') =>
  fetch(address + downloadPaths.initiate(), { method: 'POST', headers: { 'Content-Type': 'application/json' }, body });
/** An API process that takes requests and breaks off. */
const breaking: RequestListener = (req) => void req.resume().once('end', () => req.socket.destroy());

/** Stand-ins for API processes, which see what nginx sends, behind an nginx. */
async function behindNginx(...answers: RequestListener[]) {
  const apis: Upstream[] = [];
  for (const answer of answers) apis.push(await startUpstream(answer));
  return { apis, nginx: await startNginx(...apis.map(portOf)) };
}

const askedOf = (apis: Upstream[]) => apis.flatMap(({ requests }) => requests);
const connectionsOf = (requests: IncomingMessage[]) => new Set(requests.map(({ socket }) => socket)).size;

describeWith('nginx', 'the shipped nginx.conf', () => {
  it('is one that nginx finds nothing wrong with', async () => {
    const { nginx } = await behindNginx(ok);
    expect(nginx.check()).toEqual({ ok: true, words: expect.stringContaining('test is successful') as string });
    expect(nginx.check().words).not.toContain('[warn]');
  });

  it('tells the program who asked and how, and asks for no upgrade', async () => {
    const { apis, nginx } = await behindNginx(ok);
    const headers = { Connection: 'Upgrade', Upgrade: 'websocket', 'X-Forwarded-For': '192.0.2.1', 'X-Forwarded-Proto': 'gopher', 'X-Request-Id': 'mine-1' };
    await new Promise((answered) => get(nginx.address, { headers }, answered));
    const { host } = new URL(nginx.address);
    const sent = apis[0]!.requests[0]!.headers;
    expect(sent).toMatchObject({ host, 'x-forwarded-for': '127.0.0.1', 'x-forwarded-host': host, 'x-forwarded-proto': 'http', 'x-request-id': 'mine-1' });
    expect(sent.connection ?? '').not.toMatch(/upgrade|close/i);
    expect(sent.upgrade).toBeUndefined();
  });

  it('keeps connections for reads, and opens one for each write', async () => {
    const { apis, nginx } = await behindNginx(ok);
    for (let n = 0; n < 5; n += 1) await (await fetch(`${nginx.address}/v1/download/status/x`)).text();
    expect(connectionsOf(apis[0]!.requests)).toBe(1);
    for (let n = 0; n < 5; n += 1) await (await post(nginx.address)).text();
    expect(connectionsOf(apis[0]!.requests)).toBe(6);
  });

  it('divides the requests, and passes over a process that is gone', async () => {
    const { apis, nginx } = await behindNginx(ok, ok);
    for (let n = 0; n < 10; n += 1) await fetch(nginx.address);
    expect(apis.map(({ requests }) => requests.length)).toEqual([5, 5]);
    await apis[0]!.stop();
    for (let n = 0; n < 10; n += 1) {
      expect((await fetch(nginx.address)).status).toBe(200);
      expect((await post(nginx.address)).status).toBe(200);
    }
  });

  it('reads again from another process where one breaks off, and writes nothing twice', async () => {
    const { apis, nginx } = await behindNginx(breaking, ok);
    for (let n = 0; n < 4; n += 1) expect((await fetch(nginx.address)).status).toBe(200);
    const before = askedOf(apis).length;
    const answers = [await post(nginx.address), await post(nginx.address)];
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200, 503]));
    expect(askedOf(apis)).toHaveLength(before + 2);
  });

  it('says in the words of the API that nobody answers, and when to come back', async () => {
    const { apis, nginx } = await behindNginx(ok);
    await apis[0]!.stop();
    const traceId = 'a'.repeat(32);
    const answer = await fetch(nginx.address, { headers: { traceparent: `00-${traceId}-${'b'.repeat(16)}-01`, 'X-Request-Id': 'mine-1' } });
    const problem = problemSchema.parse(await answer.json());
    expect(problem).toMatchObject({ code: 'temporarily-unavailable', requestId: 'mine-1', traceId, ...saidOf('temporarily-unavailable') });
    expect(answer.status).toBe(problem.status);
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    expect(answer.headers.get('x-request-id')).toBe('mine-1');
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThanOrEqual(2);
    const waits = await Promise.all(Array.from({ length: 40 }, async () => (await fetch(nginx.address)).headers.get('retry-after')));
    expect(new Set(waits).size).toBeGreaterThan(1);
  });

  it('gives up what stays silent after its 5 s', async () => {
    const { nginx } = await behindNginx(() => {});
    const askedAt = performance.now();
    const answer = await post(nginx.address);
    expect(answer.status).toBe(503);
    expect(performance.now() - askedAt).toBeGreaterThan(4900);
  }, 15_000);

  it('leaves a body that is a little too large to the program, and refuses others in its words', async () => {
    const { apis, nginx } = await behindNginx(ok);
    expect((await post(nginx.address, 'x'.repeat(100_000))).status).toBe(200);
    const answer = await post(nginx.address, 'x'.repeat(200_000));
    expect(problemSchema.parse(await answer.json())).toMatchObject({ code: 'body-too-large', ...saidOf('body-too-large') });
    expect(answer.status).toBe(413);
    expect(apis[0]!.requests).toHaveLength(1);
  });

  it('puts nothing of a caller into its answers that does not belong there', async () => {
    const { apis, nginx } = await behindNginx(ok);
    await apis[0]!.stop();
    const answer = await fetch(nginx.address, { headers: { 'X-Request-Id': '","code":"x', traceparent: '"' } });
    const { requestId, traceId } = problemSchema.parse(await answer.json());
    expect([requestId, traceId]).toEqual([expect.stringMatching(/^[0-9a-f]{32}$/), requestId]);
  });

  it('passes news on as they come', async () => {
    let say: (text: string) => void = () => {};
    const { nginx } = await behindNginx((_, res) => {
      res.writeHead(200, { 'Content-Type': 'text/event-stream' }).flushHeaders();
      say = (text) => void res.write(text);
    });
    const answer = await fetch(nginx.address + downloadPaths.events());
    const news = answer.body!.pipeThrough(new TextDecoderStream()).getReader();
    for (const text of ['data: 1\n\n', 'data: 2\n\n']) {
      say(text);
      expect((await news.read()).value).toBe(text);
    }
    await news.cancel();
  });

  it('lets a file through as it is read, and copies none of it to its disk', async () => {
    const piece = Buffer.alloc(64_000, 'a');
    let sent = 0;
    const { nginx } = await behindNginx((_, res) => {
      const more = (): void => {
        while (sent < 300_000_000 && !res.destroyed) {
          sent += piece.length;
          if (!res.write(piece)) return void res.once('drain', more);
        }
      };
      more();
    });
    const reader = (await fetch(`${nginx.address}/objects/a/1/b?signature=s`)).body!.getReader();
    await reader.read();
    await vi.waitFor(() => expect(sent).toBeGreaterThan(0));
    await new Promise((wake) => setTimeout(wake, 200));
    expect(sent).toBeLessThan(50_000_000);
    await reader.cancel();
  });

  it('logs no signature of a link', async () => {
    const { apis, nginx } = await behindNginx(ok);
    await fetch(`${nginx.address}/objects/a/1/b?signature=s3cret`);
    await apis[0]!.stop();
    await fetch(`${nginx.address}/objects/a/1/b?signature=s3cret`);
    await fetch(`${nginx.address}/afterwards`);
    await vi.waitFor(() => expect(nginx.errors).toContain('/afterwards'));
    await vi.waitFor(() => expect(nginx.log.match(/"GET \/objects\/a\/1\/b" (?:200|503)/g)).toHaveLength(2));
    expect(nginx.log + nginx.errors).not.toContain('s3cret');
  });
});

describeWith('nginx', 'the program behind nginx', () => {
  const publicUrl = 'https://downloads.example.org';

  it('gives links to PUBLIC_URL, whatever the request says', async () => {
    const program = await aProgram({ PUBLIC_URL: publicUrl, DOWNLOAD_DELAY_MAX_MS: '0' });
    const nginx = await startNginx(portOf(program));
    const headers = { 'X-Forwarded-Host': 'evil.example.org', 'X-Forwarded-Proto': 'gopher', Forwarded: 'host=evil.example.org' };
    const through = (path: string) => fetch(nginx.address + path, { headers, redirect: 'manual' });

    const { jobId } = await program.ask({ file_id: 70_412 });
    await program.until(jobId);
    const job = (await (await through(downloadPaths.status(jobId))).json()) as { result: { url: string; size: number } };
    expect(job.result.url).toBe(publicUrl + downloadPaths.download(jobId));
    const link = (await through(downloadPaths.download(jobId))).headers.get('location')!;
    expect(link).toMatch(new RegExp(`^${publicUrl}/objects/`));
    const bytes = await (await through(link.slice(publicUrl.length))).arrayBuffer();
    expect(bytes.byteLength).toBe(job.result.size);
    const problem = problemSchema.parse(await (await through(downloadPaths.status('unknown'))).json());
    expect(problem.type).toBe(`${publicUrl}/docs#job-not-found`);
    for (const path of ['/openapi.json', '/health', '/v1/capabilities', downloadPaths.status(jobId)]) {
      expect(await (await through(path)).text()).not.toMatch(/evil|gopher|localhost|127\.0\.0\.1/);
    }
  });

  it('tells callers apart by the address that nginx saw, whatever they say themselves', async () => {
    const program = await aProgram({ TRUSTED_PROXIES: '127.0.0.1', OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9' });
    const { address } = await startNginx(portOf(program));
    const tellFrom = async (localAddress: string, nth: number) => {
      const headers = { 'Content-Type': 'application/json', 'X-Forwarded-For': `192.0.2.${nth}` };
      const sent = request(address.replace('localhost', '127.0.0.1') + servicePaths.traces, { method: 'POST', localAddress, headers });
      const answer = await new Promise<IncomingMessage>((resolve, reject) => sent.on('response', resolve).on('error', reject).end('{"resourceSpans":[]}'));
      answer.resume();
      return answer.statusCode;
    };
    const refusedOf = async (count: number, localAddress: string) => {
      const told = await Promise.all(Array.from({ length: count }, (_, nth) => tellFrom(localAddress, nth)));
      return told.filter((status) => status === 429).length;
    };
    expect(await refusedOf(100, '127.0.0.2')).toBeGreaterThan(25);
    expect(await refusedOf(30, '127.0.0.3')).toBe(0);
  });

  it('compresses a large poll, and answers 304 to its tag', async () => {
    const program = await aProgram({ DOWNLOAD_DELAY_MIN_MS: '60000', DOWNLOAD_DELAY_MAX_MS: '60000' });
    const nginx = await startNginx(portOf(program));
    const jobs = await Promise.all(Array.from({ length: 20 }, (_, index) => program.ask({ file_id: 20_000 + index })));
    const address = `${nginx.address}${downloadPaths.statuses()}?ids=${jobs.map(({ jobId }) => jobId).join()}`;
    const plain = await fetch(address, { headers: { 'Accept-Encoding': 'identity' } });
    const packed = await fetch(address, { headers: { 'Accept-Encoding': 'gzip' } });
    expect([plain.headers.get('content-encoding'), packed.headers.get('content-encoding')]).toEqual([null, 'gzip']);
    await vi.waitFor(async () => {
      const etag = (await fetch(address)).headers.get('etag')!;
      expect((await fetch(address, { headers: { 'If-None-Match': etag } })).status).toBe(304);
    });
  });
});

/** What the program itself says with a code. */
function saidOf(code: keyof typeof problemTable) {
  const { title, status } = problemTable[code];
  return { title, status };
}

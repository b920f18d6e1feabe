import type { IncomingMessage, ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { inspect } from 'node:util';
import { gzipSync } from 'node:zlib';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { downloadPaths } from '#shared/download-api.ts';
import { aProgram } from '../testing/a-program.ts';
import { allOf } from '../testing/all-of.ts';
import { startUpstream, type Upstream } from '../testing/start-upstream.ts';
import { fileSourceContract } from './file-source.contract.ts';
import { HttpFileSource } from './http-file-source.ts';

const never = new AbortController().signal;
const bytes = Buffer.from(Array.from({ length: 300_000 }, (_, index) => (index * 7 + (index >> 8)) % 251));
const plain = { ETag: '"v1"', 'Content-Type': 'application/octet-stream', 'Content-Length': bytes.length };

type Answer = (req: IncomingMessage, res: ServerResponse) => void;
const head = (req: IncomingMessage) => req.method === 'HEAD';

/** Sends some of the bytes, a pause, and the rest. */
const slowly: Answer = (req, res) => {
  if (!/^\/files\/70000$/.test(req.url!)) return void res.writeHead(404).end('no such file');
  res.writeHead(200, plain);
  if (head(req)) return void res.end();
  res.write(bytes.subarray(0, 100_000));
  setTimeout(() => res.end(bytes.subarray(100_000)), 20);
};

fileSourceContract(
  'HttpFileSource',
  async () => {
    const { address } = await startUpstream(slowly);
    return { source: new HttpFileSource({ urlTemplate: `${address}/files/{file_id}` }), plainId: 70_000, missingId: 4 };
  },
  { catalogue: false },
);

async function sourceOf(answer: Answer, { path = '/files/{file_id}', headMs = 5000 } = {}) {
  const upstream = await startUpstream(answer);
  const source = new HttpFileSource({ urlTemplate: upstream.address + path, headMs });
  onTestFinished(() => source.close());
  return { upstream, source };
}

async function entryOf(source: HttpFileSource, fileId = 70_000, signal = never) {
  return (await allOf((await source.find(fileId, signal)).entries(signal)))[0]!;
}

const read = async (source: HttpFileSource, fileId = 70_000) => buffer(await (await entryOf(source, fileId)).open(never));
const methods = ({ requests }: Upstream) => requests.map(({ method }) => method);

describe('HttpFileSource', () => {
  describe('asks what a file is', () => {
    it('with HEAD, and asks for its bytes as they are', async () => {
      const { source, upstream } = await sourceOf((_, res) => {
        const disposition = `attachment; filename="plan.pdf"; filename*=UTF-8''%E2%82%AC%20plan.pdf`;
        res.writeHead(200, { ...plain, 'Content-Type': 'application/pdf; charset=x', 'Content-Disposition': disposition, 'Last-Modified': 'Tue, 03 Mar 2026 10:00:00 GMT' }).end();
      });
      const file = await source.find(70_000, never);
      expect(file).toMatchObject({ fileName: '€ plan.pdf', size: bytes.length, contentType: 'application/pdf', version: '"v1"', folder: false });
      expect((await allOf(file.entries(never)))[0]).toMatchObject({ modifiedAt: new Date('2026-03-03T10:00:00Z') });
      expect(upstream.requests[0]).toMatchObject({ method: 'HEAD', url: '/files/70000', headers: { 'accept-encoding': 'identity' } });
    });

    it.each([405, 501, 400, 401, 403])('with GET where HEAD is answered with %i, and reads from that same answer', async (refusal) => {
      const { source, upstream } = await sourceOf((req, res) => (head(req) ? res.writeHead(refusal).end() : slowly(req, res)));
      const file = await source.find(70_000, never);
      expect(file).toMatchObject({ fileName: '70000', size: bytes.length, version: '"v1"' });
      const [entry] = await allOf(file.entries(never));
      expect((await buffer(await entry!.open(never))).equals(bytes)).toBe(true);
      expect(methods(upstream)).toEqual(['HEAD', 'GET']);
      expect((await buffer(await entry!.open(never))).equals(bytes)).toBe(true);
      expect(methods(upstream)).toEqual(['HEAD', 'GET', 'GET']);
    });

    it('with GET where HEAD does not come to an end', async () => {
      const { source, upstream } = await sourceOf((req, res) => void (head(req) || slowly(req, res)), { headMs: 50 });
      expect((await read(source)).equals(bytes)).toBe(true);
      expect(methods(upstream)).toEqual(['HEAD', 'GET']);
    });

    it('for no longer than its caller waits, and lets go of the connection', async () => {
      const { source, upstream } = await sourceOf(() => {});
      await expect(source.find(70_000, AbortSignal.timeout(50))).rejects.toMatchObject({ name: 'TimeoutError' });
      await vi.waitFor(async () => expect(await upstream.openConnections()).toBe(0));
    });

    it('and lets go of an answer that nobody reads', async () => {
      const { source, upstream } = await sourceOf((req, res) => (head(req) ? res.writeHead(405).end() : res.writeHead(200).write('some')));
      const stop = new AbortController();
      const entry = await entryOf(source, 70_000, stop.signal);
      stop.abort();
      await vi.waitFor(async () => expect(await upstream.openConnections()).toBeLessThan(2));
      const stream = await entry.open(never);
      expect(methods(upstream)).toEqual(['HEAD', 'GET', 'GET']);
      stream.destroy();
    });

    it('and says of an unknown size that it is unknown', async () => {
      for (const headers of [{}, { 'Content-Length': 0 }]) {
        const { source } = await sourceOf((req, res) => void res.writeHead(200, head(req) ? headers : {}).end(head(req) ? '' : 'abc'));
        expect((await source.find(70_000, never)).size).toBeNull();
        expect(String(await read(source))).toBe('abc');
      }
    });

    it('only for numbers that can be files', async () => {
      const { source, upstream } = await sourceOf(slowly);
      await expect(source.find(-1, never)).rejects.toMatchObject({ code: 'file-not-found' });
      expect(upstream.requests).toEqual([]);
    });
  });

  describe('tells faults that pass from those that last', () => {
    const cases = { 'file-not-found': [404, 410], 'source-forbidden': [400, 401, 403, 405, 451], 'source-unavailable': [204, 304, 408, 429, 500, 502, 503, 504] };
    for (const [code, statuses] of Object.entries(cases)) {
      it.each(statuses)(`${code} for %i`, async (status) => {
        const { source } = await sourceOf((_, res) => void res.writeHead(status).end());
        await expect(source.find(70_000, never)).rejects.toMatchObject({ name: 'SourceFault', code });
        const { source: changed } = await sourceOf((req, res) => (head(req) ? slowly(req, res) : void res.writeHead(status).end()));
        await expect(read(changed)).rejects.toMatchObject({ name: 'SourceFault', code });
      });
    }

    it('asks an upstream that is down or overloaded once, not twice', async () => {
      const { source, upstream } = await sourceOf((_, res) => void res.writeHead(503).end());
      await expect(source.find(70_000, never)).rejects.toMatchObject({ code: 'source-unavailable' });
      expect(methods(upstream)).toEqual(['HEAD']);
    });

    it('a service that is not there passes', async () => {
      const { source, upstream } = await sourceOf(slowly);
      await upstream.stop();
      await expect(source.find(70_000, never)).rejects.toMatchObject({ code: 'source-unavailable', message: 'The source could not be reached (ECONNREFUSED).' });
    });

    it('an answer that is none passes', async () => {
      const { source } = await sourceOf((_, res) => void res.socket!.end('nonsense\r\n\r\n'));
      await expect(source.find(70_000, never)).rejects.toMatchObject({ code: 'source-unavailable' });
    });

    it('bytes that are packed for the way all the same are refused, not inflated', async () => {
      const packed = gzipSync(bytes);
      const { source } = await sourceOf((_, res) => void res.writeHead(200, { 'Content-Encoding': 'gzip', 'Content-Length': packed.length }).end(packed));
      await expect(source.find(70_000, never)).rejects.toMatchObject({ code: 'source-unavailable', message: expect.stringContaining('packed') as string });
    });
  });

  describe('follows redirects', () => {
    it('to where the file lies, and takes its name from there', async () => {
      const { source } = await sourceOf((req, res) => {
        if (req.url === '/files/70000') return void res.writeHead(302, { Location: '/elsewhere/tide%20table.csv?signature=s' }).end('moved');
        res.writeHead(200, { 'Content-Type': 'text/csv' }).end(head(req) ? '' : req.url);
      });
      expect(await source.find(70_000, never)).toMatchObject({ fileName: 'tide table.csv', contentType: 'text/csv' });
      expect(String(await read(source))).toBe('/elsewhere/tide%20table.csv?signature=s');
    });

    it('but not for ever', async () => {
      const { source, upstream } = await sourceOf((req, res) => void res.writeHead(302, { Location: `${req.url}x` }).end());
      await expect(source.find(70_000, never)).rejects.toMatchObject({ code: 'source-unavailable' });
      expect(upstream.requests).toHaveLength(6);
    });

    it('and tells its password to nobody but its own upstream', async () => {
      const other = await startUpstream((req, res) => void res.end(head(req) ? '' : 'abc'));
      const { source, upstream } = await sourceOf((_, res) => void res.writeHead(307, { Location: `${other.address}/b` }).end());
      const secret = new HttpFileSource({ urlTemplate: `${upstream.address.replace('//', '//ada:p%40ss@')}/{file_id}` });
      onTestFinished(() => secret.close());
      expect(String(await read(secret))).toBe('abc');
      expect(upstream.requests[0]!.headers.authorization).toBe(`Basic ${Buffer.from('ada:p@ss').toString('base64')}`);
      expect(other.requests.map(({ headers }) => headers.authorization)).toEqual([undefined, undefined]);
      expect(upstream.requests.every(({ url }) => url === '/70000')).toBe(true);
      await source.close();
    });
  });

  describe('goes on where a stream broke off', () => {
    /** Breaks the first transfer after so many bytes; then answers as told. */
    const breaking = (then: Answer, headers: object = plain, after = 120_000): Answer => {
      let transfers = 0;
      return (req, res) => {
        if (head(req)) return void res.writeHead(200, { ...headers }).end();
        transfers += 1;
        if (transfers > 1) return then(req, res);
        res.writeHead(200, { ...headers });
        res.write(bytes.subarray(0, after), () => setTimeout(() => res.destroy(), 10));
      };
    };
    const offsetOf = (req: IncomingMessage) => Number(/^bytes=(\d+)-$/.exec(req.headers.range ?? '')![1]);
    const part = (req: IncomingMessage, res: ServerResponse, headers: object = { ETag: '"v1"' }, until = bytes.length) => {
      const offset = offsetOf(req);
      const range = `bytes ${offset}-${until - 1}/${bytes.length}`;
      res.writeHead(206, { 'Content-Range': range, 'Content-Length': until - offset, ...headers }).end(bytes.subarray(offset, until));
    };

    it('by asking for the rest of the same bytes', async () => {
      const { source, upstream } = await sourceOf(breaking(part));
      expect((await read(source)).equals(bytes)).toBe(true);
      const asked = upstream.requests.at(-1)!.headers;
      expect(asked['if-range']).toBe('"v1"');
      expect(offsetOf(upstream.requests.at(-1)!)).toBeGreaterThan(0);
    });

    it('by the moment of change where there is no strong tag', async () => {
      const moment = { ETag: 'W/"v1"', 'Last-Modified': 'Tue, 03 Mar 2026 10:00:00 GMT' };
      const dated = { ...plain, ...moment };
      const { source, upstream } = await sourceOf(breaking((req, res) => part(req, res, moment), dated));
      expect((await read(source)).equals(bytes)).toBe(true);
      expect(upstream.requests.at(-1)!.headers['if-range']).toBe('Tue, 03 Mar 2026 10:00:00 GMT');
    });

    it('as often as it breaks, also where each answer brings only a part', async () => {
      const { source, upstream } = await sourceOf(breaking((req, res) => part(req, res, { ETag: '"v1"' }, Math.min(bytes.length, offsetOf(req) + 30_000))));
      expect((await read(source)).equals(bytes)).toBe(true);
      expect(upstream.requests.length).toBeGreaterThan(6);
    });

    it('when the upstream comes back', async () => {
      let refusals = 0;
      const { source } = await sourceOf(
        breaking((req, res) => {
          refusals += 1;
          if (refusals === 1) res.destroy();
          else if (refusals === 2) res.writeHead(503).end();
          else part(req, res);
        }),
      );
      expect((await read(source)).equals(bytes)).toBe(true);
    });

    it('where the size was not known', async () => {
      const { source } = await sourceOf(breaking(part, { ETag: '"v1"' }));
      expect((await read(source)).equals(bytes)).toBe(true);
    });

    const otherwise: Record<string, Answer> = {
      'the file is another one by now': (_, res) => void res.writeHead(200, { ...plain, ETag: '"v2"' }).end(bytes),
      'the part is that of another version': (req, res) => part(req, res, { ETag: '"v2"' }),
      'the part does not say of which version it is': (req, res) => part(req, res, {}),
      'the part begins elsewhere': (_, res) => void res.writeHead(206, { ETag: '"v1"', 'Content-Range': `bytes 0-9/${bytes.length}` }).end(bytes.subarray(0, 10)),
      'the whole is longer by now': (req, res) => void res.writeHead(206, { ETag: '"v1"', 'Content-Range': `bytes ${offsetOf(req)}-${bytes.length}/${bytes.length + 1}` }).end(),
      'the part says nothing of itself': (_, res) => void res.writeHead(206, { ETag: '"v1"' }).end(bytes),
      'there is no such part': (_, res) => void res.writeHead(416).end(),
      'the file is gone': (_, res) => void res.writeHead(404).end(),
    };
    it.each(Object.keys(otherwise))('and ends as a fault that passes when %s', async (what) => {
      const { source } = await sourceOf(breaking(otherwise[what]!));
      await expect(read(source)).rejects.toMatchObject({ name: 'SourceFault', code: 'source-unavailable' });
    });

    it.each([{ ETag: 'W/"v1"' }, {}, { ETag: '"v1"', 'Accept-Ranges': 'none' }])('and does not try where the upstream gives no way to: %j', async (headers) => {
      const { source, upstream } = await sourceOf(breaking(part, { 'Content-Length': bytes.length, ...headers }));
      await expect(read(source)).rejects.toMatchObject({ code: 'source-unavailable', message: 'The source broke off in the middle.' });
      expect(methods(upstream)).toEqual(['HEAD', 'GET']);
    });

    it('and stops trying when it is called off', async () => {
      const { source, upstream } = await sourceOf(breaking((_, res) => void res.writeHead(503).end()));
      const stop = new AbortController();
      const stream = await (await entryOf(source)).open(stop.signal);
      const reading = buffer(stream);
      await vi.waitFor(() => expect(upstream.requests.length).toBeGreaterThan(2));
      stop.abort(new Error('enough'));
      await expect(reading).rejects.toThrow('enough');
      expect(stream.closed).toBe(true);
    });
  });

  it('waits for the first byte as long as its caller does', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'setInterval', 'Date', 'performance'] });
    onTestFinished(() => void vi.useRealTimers());
    let begin = () => {};
    const { source } = await sourceOf((req, res) => {
      if (head(req)) slowly(req, res);
      else begin = () => void res.writeHead(200, plain).end(bytes);
    });
    const reading = read(source);
    await vi.waitUntil(async () => {
      await vi.advanceTimersByTimeAsync(20 * 60_000);
      return String(begin).includes('writeHead');
    });
    await vi.advanceTimersByTimeAsync(20 * 60_000);
    begin();
    expect((await reading).equals(bytes)).toBe(true);
  });

  it('notices that a file has another size than it had when it was looked at', async () => {
    const { source } = await sourceOf((req, res) => void res.writeHead(200, { 'Content-Length': head(req) ? 5 : 3 }).end(head(req) ? '' : 'abc'));
    await expect(read(source)).rejects.toMatchObject({ code: 'checksum-mismatch' });
  });

  it('ends a connection that nobody reads any more', async () => {
    const { source, upstream } = await sourceOf((req, res) => (head(req) ? slowly(req, res) : void res.writeHead(200, plain).write('a')));
    const stream = await (await entryOf(source)).open(never);
    expect(await upstream.openConnections()).toBe(1);
    stream.destroy();
    await vi.waitFor(async () => expect(await upstream.openConnections()).toBe(0));
  });

  it('takes as much from the upstream as is read, and little more', async () => {
    let sent = 0;
    const { source } = await sourceOf((req, res) => {
      res.writeHead(200, { ETag: '"v1"' });
      if (head(req)) return void res.end();
      const more = (): void => {
        while (sent < 200_000_000 && !res.destroyed) {
          sent += bytes.length;
          if (!res.write(bytes)) return void res.once('drain', more);
        }
      };
      more();
    });
    const stream = await (await entryOf(source)).open(never);
    stream.once('readable', () => {});
    await vi.waitFor(() => expect(stream.readableLength).toBeGreaterThan(0));
    await new Promise((wake) => setTimeout(wake, 100));
    expect(stream.readableLength).toBeLessThan(300_000);
    expect(sent).toBeLessThan(50_000_000);
    stream.destroy();
  });

  it('says nothing of its address, whatever goes wrong', async () => {
    const secrets = ['s3cret', 'tok3n', '/hidden/'];
    const answers: Answer[] = [
      ...[400, 401, 404, 500, 204].map((status): Answer => (_, res) => void res.writeHead(status).end()),
      (_, res) => void res.writeHead(302, { Location: 'http://[bad' }).end(),
      (_, res) => void res.writeHead(302, { Location: '' }).end(),
      (req, res) => void res.writeHead(302, { Location: req.url }).end(),
      (_, res) => void res.destroy(),
      (_, res) => void res.socket!.end('nonsense\r\n\r\n'),
      (req, res) => void (head(req) ? slowly(Object.assign(req, { url: '/files/70000' }), res) : res.writeHead(200, plain).write('a', () => res.destroy())),
    ];
    for (const answer of answers) {
      const { upstream } = await sourceOf(answer);
      const source = new HttpFileSource({ urlTemplate: `${upstream.address.replace('//', '//ada:s3cret@')}/hidden/{file_id}?token=tok3n` });
      onTestFinished(() => source.close());
      const error: unknown = await read(source).catch((reason: unknown) => reason);
      expect(error).toMatchObject({ name: 'SourceFault' });
      for (const secret of secrets) expect(inspect(error, { depth: 9, showHidden: true })).not.toContain(secret);
    }
  });
});

describe('the program with an HTTP source', () => {
  /** Answers after a second and a half, as one does that prepares its files, and knows no HEAD. */
  const preparing: Answer = (req, res) => {
    if (head(req)) return void res.writeHead(405).end();
    setTimeout(() => res.writeHead(200, { ...plain, 'Content-Disposition': 'attachment; filename="survey.tif"', 'Content-Type': 'image/tiff' }).end(bytes), 1500);
  };

  it('prepares a file that is long in coming under the name that comes with it, asked for once', async () => {
    const upstream = await startUpstream(preparing);
    const program = await aProgram({ SOURCE_URL_TEMPLATE: `${upstream.address}/{file_id}` });
    const { jobId, job } = await program.ask({ file_id: 70_000 });
    expect(job).toMatchObject({ status: 'queued', fileName: null });
    expect(await program.until(jobId)).toMatchObject({ status: 'completed', attempts: 1, fileName: 'survey.tif', result: { size: bytes.length, contentType: 'image/tiff' } });
    const link = (await program.fetch(downloadPaths.download(jobId))).headers.get('location')!;
    expect(Buffer.from(await (await fetch(link)).arrayBuffer()).equals(bytes)).toBe(true);
    // The first one was cut off after the second that accepting may take.
    expect(methods(upstream).filter((method) => method === 'GET')).toHaveLength(2);
  });

  it('refuses at once what is missing, and says nothing of a secret address', async () => {
    const upstream = await startUpstream((_, res) => void res.writeHead(404).end());
    const program = await aProgram({ SOURCE_URL_TEMPLATE: `${upstream.address.replace('//', '//ada:s3cret@')}/{file_id}?token=tok3n` });
    const answer = await program.post(downloadPaths.initiate(), { file_id: 70_000 });
    expect(answer.status).toBe(404);
    expect(JSON.stringify(program.log.lines) + (await answer.text())).not.toMatch(/s3cret|tok3n/);
  });
});

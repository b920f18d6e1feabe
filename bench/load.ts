import { connect, type Socket } from 'node:net';

/** What the load process is asked to do. */
export interface LoadOrder {
  readonly port: number;
  readonly paths: readonly string[];
  readonly connections: number;
  readonly forMs: number;
}

/** What it saw. Spans in ms, from the request's first byte to the answer's last. */
export interface LoadReport {
  readonly answers: number;
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

const headEnd = Buffer.from('\r\n\r\n');

/**
 * Asks for the paths in turn over kept-alive connections, one request at a time on each. Plain sockets: a full HTTP client
 * costs more than the server it is to measure. Rejects on any answer but 200.
 */
async function load({ port, paths, connections, forMs }: LoadOrder): Promise<LoadReport> {
  const requests = paths.map((path) => Buffer.from(`GET ${path} HTTP/1.1\r\nHost: localhost:${port}\r\nAccept: application/json\r\n\r\n`));
  const spans: number[] = [];
  const startedAt = performance.now();
  const isOver = () => performance.now() - startedAt >= forMs;
  // A load that sleeps between answers makes each of the server's writes pay for waking it, the slower server's most of all.
  const stayAwake = () => void (isOver() || setImmediate(stayAwake));
  stayAwake();
  await Promise.all(Array.from({ length: connections }, (_, at) => keepAsking(port, requests, at, isOver, spans)));
  const seconds = (performance.now() - startedAt) / 1000;
  const sorted = spans.toSorted((one, other) => one - other);
  const percentile = (share: number) => sorted[Math.floor(sorted.length * share)] ?? Number.NaN;
  return { answers: spans.length, perSecond: spans.length / seconds, p50Ms: percentile(0.5), p99Ms: percentile(0.99) };
}

/** One connection, from its first request to the first answer after the time is over. */
function keepAsking(port: number, requests: readonly Buffer[], first: number, isOver: () => boolean, spans: number[]): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const socket: Socket = connect({ port, host: '127.0.0.1', noDelay: true });
  let next = first;
  let askedAt = 0;
  let received: Buffer = Buffer.alloc(0);
  const ask = () => {
    askedAt = performance.now();
    socket.write(requests[next++ % requests.length]!);
  };
  socket.on('connect', ask);
  socket.on('error', reject);
  socket.on('close', () => reject(new Error('the server hung up')));
  socket.on('data', (chunk: Buffer) => {
    received = received.length === 0 ? chunk : Buffer.concat([received, chunk]);
    const size = answerSize(received);
    if (size === null || received.length < size) return;
    if (!received.subarray(0, 12).equals(expected)) {
      reject(new Error(received.toString('latin1', 0, 200)));
      socket.destroy();
      return;
    }
    spans.push(performance.now() - askedAt);
    received = received.subarray(size);
    if (!isOver()) return ask();
    resolve();
    socket.destroy();
  });
  return promise;
}

const expected = Buffer.from('HTTP/1.1 200');

/** Bytes of the whole answer, from its `Content-Length`; null while the head is not complete. */
function answerSize(received: Buffer): number | null {
  const end = received.indexOf(headEnd);
  if (end < 0) return null;
  const length = /\r\ncontent-length: *(\d+)/i.exec(received.toString('latin1', 0, end));
  if (!length) throw new Error('an answer without Content-Length');
  return end + headEnd.length + Number(length[1]);
}

process.on('message', (order: LoadOrder) => {
  load(order).then(
    (report) => process.send!(report),
    (error: unknown) => {
      process.stderr.write(`${String(error)}\n`);
      process.exit(1);
    },
  );
});

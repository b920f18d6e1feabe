import { connect } from 'node:net';
import { downloadPaths, type InitiateResponse } from '#shared/download-api.ts';
import { filesPath } from '#shared/files-api.ts';
import { servicePaths } from '#shared/service-api.ts';
import { ProgramProcess } from '../e2e/support/program-process.ts';
import { say } from './say.ts';

const malformed = Number(process.argv[2] ?? 2000);
const patienceMs = 10_000;

const initiate = downloadPaths.initiate();
const wrongValues: readonly unknown[] = [null, true, '7', -1, 0, 1.5, 1e300, [], {}, [1], { toString: 1 }, '', 'x'.repeat(300)];
const fields = ['file_id', 'file_ids', 'archiveName', 'clientRequestId', 'userId', 'priority', 'callbackUrl'];

const kinds: readonly ((index: number) => Promise<Response | string>)[] = [
  (index) => post(initiate, JSON.stringify({ [fields[index % fields.length]!]: wrongValues[(index * 7) % wrongValues.length] })),
  (index) => post(initiate, JSON.stringify({ file_id: wrongValues[index % wrongValues.length], __proto__: { file_id: 10_000 }, constructor: 1 })),
  () => post(initiate, '['.repeat(30_000)),
  () => post(initiate, `${'{"a":'.repeat(9000)}1${'}'.repeat(9000)}`),
  () => post(initiate, `${'['.repeat(30_000)}${']'.repeat(30_000)}`),
  (index) => post(initiate, '{"file_id": 70412,'.slice(0, index % 18)),
  () => post(initiate, JSON.stringify({ file_id: 70_412, note: 'x'.repeat(1_000_000) })),
  (index) => post(initiate, '{"file_id":70412}', ['text/plain', 'application/xml', 'multipart/form-data; boundary=x', 'application/json; charset=utf-16', 'x', 'application/x-www-form-urlencoded'][index % 6]),
  (index) => post(initiate, '{"file_id":70412}', 'application/json', { 'Content-Encoding': ['gzip', 'br', 'deflate', 'zstd'][index % 4]! }),
  () => post(initiate, new Uint8Array([0xff, 0xfe, 0x00, 0x7b, 0xc0])),
  () => post(initiate, '{"file_id":70412,"userId":"\\ud800"', 'application/json'),
  () => post(initiate, '{"file_id":70412}', 'application/json', { 'Idempotency-Key': 'k'.repeat(300) }),
  () => post(downloadPaths.check(), JSON.stringify({ file_id: {} })),
  () => post(downloadPaths.check(), JSON.stringify({ file_id: 1, more: 'x'.repeat(20_000) })),
  (index) => get(downloadPaths.status(encodeURIComponent(oddId(index)) || 'x')),
  (index) => get(`/v1/download/${oddId(index + 1).replaceAll('..', '%2e%2e')}`),
  (index) => post(downloadPaths.cancel(encodeURIComponent(oddId(index)) || 'x'), ''),
  (index) => post(downloadPaths.retry(encodeURIComponent(oddId(index)) || 'x'), ''),
  (index) => get(downloadPaths.download(encodeURIComponent(oddId(index)) || 'x'), { method: 'DELETE' }),
  (index) => get(`${downloadPaths.statuses()}?ids=${index % 2 ? '' : Array.from({ length: 200 }, () => 'x').join()}`),
  () => get(`${downloadPaths.statuses()}?ids=a&ids[]=b&ids=c`),
  () => get(`${downloadPaths.statuses()}?ids[__proto__][x]=1`),
  (index) => get(`${downloadPaths.history()}?userId=a&limit=${['0', '-1', '1e3', 'x', '101', '%00'][index % 6]}`),
  (index) => get(`${downloadPaths.history()}?userId=a&cursor=${['x', '%00', 'MTIz', 'a'.repeat(600)][index % 4]}`),
  (index) => get(`${filesPath}?limit=5&cursor=${['x', '%00', 'a'.repeat(600)][index % 3]}`),
  (index) => get(`${filesPath}?limit=${['0', '1000', 'x'][index % 3]}`),
  (index) => get(initiate, { method: ['PUT', 'PATCH', 'DELETE', 'GET'][index % 4]! }),
  (index) => get(`/objects/${oddId(index) || 'x'}/1/a.txt?signature=${'f'.repeat(index % 90)}`),
  (index) => get(`/v1/${'a/'.repeat(index % 500)}`),
  () => raw('GET / HTTP/9.9\r\n\r\n'),
  () => raw('\x00\x01\x02\x03\r\n\r\n'),
  () => raw(`GET /v1/download/status/x HTTP/1.1\r\nHost: x\r\nX: ${'y'.repeat(40_000)}\r\n\r\n`),
  () => raw(`POST ${initiate} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n{}`),
  () => raw(`POST ${initiate} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"file_id":`),
  () => raw(`POST ${initiate} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n`),
  () => raw('GET /v1/download/%ff%fe HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n'),
  () => raw(`GET /v1/nothing HTTP/1.1\r\nHost: a"b<c>\r\ntraceparent: 00-zz\r\nX-Request-Id: a b\r\nConnection: close\r\n\r\n`),
];

/** Many requests with one key at once, then requests as strangers and broken programs send them. */
await using program = await ProgramProcess.start({ LOG_LEVEL: 'warn' });

const accepted = await Promise.all(Array.from({ length: 1000 }, () => ask({ file_id: 70_412, clientRequestId: 'one' })));
const jobIds = new Set(accepted.map(({ jobId }) => jobId));
say(`1000 concurrent initiates with one clientRequestId: ${jobIds.size} job id`);

interface Outcome {
  readonly status: number | 'closed' | 'hung';
  readonly html: boolean;
  readonly stack: boolean;
}
const outcomes: Outcome[] = [];
for (let sent = 0; sent < malformed; sent += 50) {
  const some = Array.from({ length: Math.min(50, malformed - sent) }, (_, index) => hostile(sent + index));
  outcomes.push(...(await Promise.all(some)));
}
const counts = Object.entries(Object.groupBy(outcomes, ({ status }) => String(status))).map(([status, some]) => `${status}: ${some!.length}`);
const count = (holds: (outcome: Outcome) => boolean) => outcomes.filter(holds).length;
const bad = {
  '5xx': count(({ status }) => typeof status === 'number' && status >= 500),
  accepted: count(({ status }) => typeof status === 'number' && status < 400),
  hung: count(({ status }) => status === 'hung'),
  HTML: count(({ html }) => html),
  stacks: count(({ stack }) => stack),
};
say(`${outcomes.length} malformed requests: ${counts.join(', ')}`);
say(Object.entries(bad).map(([name, some]) => `${name}: ${some}`).join(', '));
const alive = (await fetch(program.address + servicePaths.health)).status;
say(`health afterwards: ${alive}`);
const kept = jobIds.size === 1 && alive === 200 && Object.values(bad).every((some) => some === 0);
say(kept ? 'Every promise was kept.' : 'A PROMISE WAS BROKEN.');
process.exitCode = kept ? 0 : 1;

async function ask(body: object): Promise<InitiateResponse> {
  const answer = await post(downloadPaths.initiate(), JSON.stringify(body));
  return (await answer.json()) as InitiateResponse;
}

function post(path: string, body: BodyInit, type = 'application/json', more: Record<string, string> = {}): Promise<Response> {
  const signal = AbortSignal.timeout(patienceMs);
  return fetch(program.address + path, { method: 'POST', body, headers: { 'Content-Type': type, ...more }, signal });
}

function get(path: string, init: RequestInit = {}): Promise<Response> {
  return fetch(program.address + path, { redirect: 'manual', signal: AbortSignal.timeout(patienceMs), ...init });
}

async function hostile(index: number): Promise<Outcome> {
  const kind = kinds[index % kinds.length]!;
  try {
    const answer = await kind(index);
    return typeof answer === 'string' ? judgeRaw(answer) : judge(answer.status, await answer.text());
  } catch (error) {
    const hung = error instanceof Error && error.name === 'TimeoutError';
    return { status: hung ? 'hung' : 'closed', html: false, stack: false };
  }
}

function judge(status: number, body: string): Outcome {
  return { status, html: /<!doctype|<html|<pre>/i.test(body), stack: /\n\s+at |node_modules|\.ts:\d+/.test(body) };
}

function judgeRaw(answer: string): Outcome {
  const status = /^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1];
  return status ? judge(Number(status), answer) : { status: answer === 'hung' ? 'hung' : 'closed', html: false, stack: false };
}

/** Sends bytes as they are and gives what comes back, up to the end of the connection. */
function raw(bytes: string): Promise<string> {
  return new Promise((resolve) => {
    let answer = '';
    const socket = connect(program.port, '127.0.0.1', () => socket.end(bytes));
    socket.setTimeout(patienceMs, () => {
      resolve('hung');
      socket.destroy();
    });
    socket.on('data', (data) => (answer += data.toString()));
    socket.on('error', () => resolve(answer || 'closed'));
    socket.on('close', () => resolve(answer || 'closed'));
  });
}

function oddId(index: number): string {
  const ids = ['', '..', '%00', '%2e%2e%2f', '%E0%A4%A', 'initiate', "'; DROP TABLE jobs;--", '💥', 'a'.repeat(4000), '-1', 'null', '__proto__', '<img>'];
  return ids[index % ids.length]!;
}


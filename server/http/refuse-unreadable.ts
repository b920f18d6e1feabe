import { randomBytes, randomUUID } from 'node:crypto';
import { STATUS_CODES, type Server } from 'node:http';
import type { Socket } from 'node:net';
import type { Problem, ProblemCode } from '#shared/problem.ts';
import { servicePaths } from '#shared/service-api.ts';
import type { Log } from '../downloads/ports.ts';

interface Refusal {
  readonly status: number;
  readonly code: ProblemCode;
  readonly detail: string;
}

const malformed: Refusal = { status: 400, code: 'malformed-request', detail: 'This is not HTTP/1.1 as RFC 9112 has it.' };
const refusals: Record<string, Refusal> = {
  HPE_HEADER_OVERFLOW: { status: 431, code: 'malformed-request', detail: 'The headers are larger than the 16 kB taken here.' },
  ERR_HTTP_REQUEST_TIMEOUT: { status: 408, code: 'malformed-request', detail: 'The request took too long to arrive.' },
};

/** Answers what Node cannot read as a request with a problem like any other, logs that it did, and hangs up. */
export function refuseUnreadable(server: Server, log: Log): void {
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => {
    if (error.code === 'ECONNRESET' || !socket.writable) return socket.destroy();
    const refusal = refusals[error.code ?? ''] ?? malformed;
    const ids = { requestId: randomUUID(), traceId: randomBytes(16).toString('hex') };
    log.info({ requestId: ids.requestId, trace_id: ids.traceId, status: refusal.status, reason: error.code }, 'unreadable request');
    socket.end(answer(refusal, ids));
  });
}

function answer({ status, code, detail }: Refusal, { requestId, traceId }: Pick<Problem, 'requestId' | 'traceId'>): string {
  const title = STATUS_CODES[status]!;
  const body: Problem = { type: `${servicePaths.docs}#${code}`, title, status, detail, code, requestId, traceId };
  const text = JSON.stringify(body);
  return [
    `HTTP/1.1 ${status} ${title}`,
    'Content-Type: application/problem+json',
    `Content-Length: ${Buffer.byteLength(text)}`,
    'Cache-Control: no-store',
    `X-Request-Id: ${requestId}`,
    'X-Content-Type-Options: nosniff',
    'Connection: close',
    '',
    text,
  ].join('\r\n');
}

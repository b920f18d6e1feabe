import type { Socket } from 'node:net';
import type { Request, Response } from 'express';
import type { Answered } from '../downloads/tracing.ts';
import type { RequestContext } from './request-context.ts';

/** What is known of an answer once it is out, or cut off. */
export interface AnsweredRequest extends Answered {
  readonly context: RequestContext;
  readonly method: string;
  /** The address without query, for a query may hold what is nobody's business. */
  readonly path: string;
  /** 499 where whoever asked went away before there was an answer. */
  readonly status: number;
  readonly isWhole: boolean;
  readonly seconds: number;
  /** On the line, with headers. What follows on the same connection before it was asked for may be counted in part as well. */
  readonly sentBytes: number;
}

export type OnAnswered = (answered: AnsweredRequest) => void;

/** Nobody waited for the answer any more; nginx calls it so. */
export const gone = 499;

/** Tells the request's span, and then all who want to hear of it. One listener for all: every poll pays for each. */
export function watchAnswer(req: Request, res: Response, context: RequestContext, hearers: readonly OnAnswered[]): void {
  const startedAt = performance.now();
  const { method, path, socket } = req;
  res.on('close', () => {
    const isWhole = res.writableFinished;
    const answered: AnsweredRequest = {
      context,
      method,
      path,
      route: context.route,
      // A body that broke off is refused as well, but nobody hears it.
      status: isWhole || (res.headersSent && req.complete) ? res.statusCode : gone,
      isWhole,
      seconds: (performance.now() - startedAt) / 1000,
      sentBytes: sentSince(socket),
    };
    context.span.answered(answered);
    for (const hear of hearers) hear(answered);
  });
}

/** Answers on one connection end one after the other, however many were asked for at once. */
const told = new WeakMap<Socket, number>();

function sentSince(socket: Socket): number {
  const sent = socket.bytesWritten;
  const before = told.get(socket) ?? 0;
  told.set(socket, sent);
  return sent - before;
}

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
  /** On the line, with headers; of what came before on the same connection a little may be counted as well. */
  readonly sentBytes: number;
}

export type OnAnswered = (answered: AnsweredRequest) => void;

const gone = 499;

/** Tells the request's span, and then all who want to hear of it. One listener for all: every poll pays for each. */
export function watchAnswer(req: Request, res: Response, context: RequestContext, hearers: readonly OnAnswered[]): void {
  const startedAt = performance.now();
  const { method, path, socket } = req;
  const sentBefore = socket.bytesWritten;
  res.on('close', () => {
    const answered: AnsweredRequest = {
      context,
      method,
      path,
      route: context.route,
      status: res.headersSent ? res.statusCode : gone,
      isWhole: res.writableFinished,
      seconds: (performance.now() - startedAt) / 1000,
      sentBytes: socket.bytesWritten - sentBefore,
    };
    context.span.answered(answered);
    for (const hear of hearers) hear(answered);
  });
}

import type { RequestHandler } from 'express';
import { contextOf } from './request-context.ts';

/** What is known of an answer once it is out. */
export interface Answered {
  readonly method: string;
  /** The pattern of the address, such as `/v1/download/status/:jobId`. */
  readonly route: string;
  /** 499 where whoever asked went away before there was an answer. */
  readonly status: number;
  readonly seconds: number;
  /** On the line, with headers; of what came before on the same connection a little may be counted as well. */
  readonly sentBytes: number;
}

const gone = 499;

/** Addresses that are none of ours; what strangers try must not become a label each. */
const noRoute = 'unmatched';

/** Tells of each answer when it is out, or cut off. */
export function watchAnswers(tell: (answer: Answered) => void): RequestHandler {
  return (req, res, next) => {
    const startedAt = performance.now();
    const { method, socket } = req;
    const sentBefore = socket.bytesWritten;
    res.once('close', () => {
      const seconds = (performance.now() - startedAt) / 1000;
      const route = contextOf(res).route ?? noRoute;
      tell({ method, route, status: res.headersSent ? res.statusCode : gone, seconds, sentBytes: socket.bytesWritten - sentBefore });
    });
    next();
  };
}

/** Gives answers that no endpoint of ours makes the pattern under which they are counted. */
export function named(route: string): RequestHandler {
  return (_req, res, next) => {
    contextOf(res).matched(route);
    next();
  };
}

import type { ErrorRequestHandler, Request } from 'express';
import * as z from 'zod/mini';
import { DownloadError, InvalidRequest } from '../downloads/errors.ts';
import type { Log } from '../downloads/ports.ts';
import { contextOf } from './request-context.ts';
import { sendProblem } from './send-problem.ts';

/** Turns everything thrown on the way into a problem; what nobody foresaw is logged whole and told calmly. */
export function errorHandler(log: Log, publicUrl: string | null): ErrorRequestHandler {
  return (thrown: unknown, req, res, next) => {
    if (res.headersSent) return next(thrown);
    const error = asDownloadError(thrown, req);
    if (error.code === 'internal' || error.code === 'temporarily-unavailable') {
      // A part that is away was foreseen, and told where it went away.
      const level = error.code === 'internal' ? 'error' : 'warn';
      log[level]({ ...contextOf(res).fields, errorCode: error.code, err: error.cause ?? error }, error.message);
    }
    sendProblem(req, res, error, publicUrl);
  };
}

function asDownloadError(thrown: unknown, req: Request): DownloadError {
  if (thrown instanceof DownloadError) return thrown;
  if (thrown instanceof z.core.$ZodError) return new InvalidRequest(thrown.issues.map(asField));
  return fromBodyParser(thrown, req) ?? new DownloadError('internal', 'Something went wrong on our side.', { cause: thrown });
}

function asField({ path, message }: z.core.$ZodIssue) {
  return { pointer: path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join(''), detail: message };
}

/** What Express and its body parser reject comes as an error with a 4xx `status`. */
function fromBodyParser(thrown: unknown, req: Request): DownloadError | null {
  const status = thrown instanceof Error && 'status' in thrown ? thrown.status : undefined;
  if (status === 413) return new DownloadError('body-too-large', 'The body is larger than this address takes.');
  if (status === 415) return unsupportedMediaType();
  if (typeof status === 'number' && status >= 400 && status < 500) {
    return new DownloadError('malformed-request', `The ${req.method === 'GET' ? 'address' : 'request'} could not be read.`);
  }
  return null;
}

export function unsupportedMediaType(): DownloadError {
  return new DownloadError('unsupported-media-type', 'Send application/json in UTF-8, not compressed.');
}

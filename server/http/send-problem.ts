import type { Request, Response } from 'express';
import type { Problem } from '#shared/problem.ts';
import { servicePaths } from '#shared/service-api.ts';
import type { DownloadError } from '../downloads/errors.ts';
import { traceIdOf } from '../downloads/trace-parent.ts';
import { problemTable } from './problem-table.ts';
import { contextOf, originOf } from './request-context.ts';

/** Answers with RFC 9457 problem details. */
export function sendProblem(req: Request, res: Response, error: DownloadError, publicUrl: string | null): void {
  const { status } = problemTable[error.code];
  if (status === 429 || status === 503) res.setHeader('Retry-After', String(spreadSeconds()));
  if (error.job?.nextPollInMs) res.setHeader('Retry-After', String(Math.ceil(error.job.nextPollInMs / 1000)));
  res.setHeader('Cache-Control', 'no-store');
  res.status(status).type('application/problem+json');
  res.send(JSON.stringify(problemFor(error, res, originOf(req, publicUrl))));
}

function problemFor(error: DownloadError, res: Response, origin: string): Problem {
  const { requestId, traceparent } = contextOf(res);
  const { status, title } = problemTable[error.code];
  return {
    type: `${origin}${servicePaths.docs}#${error.code}`,
    title,
    status,
    detail: error.message,
    code: error.code,
    requestId,
    traceId: traceIdOf(traceparent),
    ...(error.fields ? { errors: [...error.fields] } : {}),
    ...(error.job ? { job: error.job } : {}),
  };
}

/** Random, so that clients that were turned away together do not come back together. */
function spreadSeconds(): number {
  return 2 + Math.floor(Math.random() * 5);
}

import { Router, type RequestHandler } from 'express';
import { servicePaths } from '#shared/service-api.ts';
import { tracesRequestSchema, type TracesRequest } from '#shared/telemetry-api.ts';
import { DownloadError } from '../downloads/errors.ts';
import { endpoint } from './endpoint.ts';
import { jsonBody } from './json-body.ts';

const limit = 64_000;

/** Who takes what pages tell of their spans. */
export interface PageSpans {
  /** Whether this address may tell something just now. */
  mayTell(address: string): boolean;
  take(request: TracesRequest): void;
}

/** Takes the page's spans at our own origin. Whoever sends them waits for nobody: they are passed on later, if to anybody at all. */
export function telemetryRoutes(spans: PageSpans | null): Router {
  const routes = Router();
  endpoint(routes, servicePaths.traces, { post: spans ? taking(spans) : [(_req, res) => void res.status(204).end()] });
  return routes;
}

function taking(spans: PageSpans): RequestHandler[] {
  return [
    (req, _res, next) => next(spans.mayTell(req.ip ?? '') ? undefined : tooMany()),
    ...jsonBody(limit),
    (req, res) => {
      spans.take(tracesRequestSchema.parse(req.body));
      res.status(204).end();
    },
  ];
}

function tooMany(): DownloadError {
  return new DownloadError('too-many-requests', 'More is told of spans than can be taken. They are not needed: leave them out.');
}

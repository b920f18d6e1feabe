import express, { type Express } from 'express';
import type { Ports } from '../downloads/ports.ts';
import { errorHandler } from './error-handler.ts';
import { receiveRequest } from './receive-request.ts';
import { routeNotFound } from './route-not-found.ts';
import { healthRoutes } from './service-routes.ts';
import type { OnAnswered } from './watch-answer.ts';

/** What a worker answers: how it is, and nothing else. */
export function createProbeApp(ports: Ports, isDraining: () => boolean, onAnswered: OnAnswered | null): Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.use(receiveRequest(ports.tracing, onAnswered ? [onAnswered] : []));
  app.use(healthRoutes(ports, 'worker', isDraining));
  app.use(routeNotFound);
  app.use(errorHandler(ports.log, null));
  return app;
}

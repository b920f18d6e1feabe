import express, { type Express } from 'express';
import type { Ports } from '../downloads/ports.ts';
import { errorHandler } from './error-handler.ts';
import { requestContext } from './request-context.ts';
import { routeNotFound } from './route-not-found.ts';
import { healthRoutes } from './service-routes.ts';
import { watchAnswers, type Answered } from './watch-answers.ts';

/** What a worker answers: how it is, and nothing else. */
export function createProbeApp(ports: Ports, isDraining: () => boolean, onAnswered: ((answer: Answered) => void) | null): Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  if (onAnswered) app.use(watchAnswers(onAnswered));
  app.use(requestContext(ports.tracing));
  app.use(healthRoutes(ports, 'worker', isDraining));
  app.use(routeNotFound);
  app.use(errorHandler(ports.log, null));
  return app;
}

import express, { type Express, type RequestHandler } from 'express';
import type { Capabilities } from '#shared/service-api.ts';
import type { Ports } from '../downloads/ports.ts';
import type { Role } from '../downloads/report-health.ts';
import { docsRoutes } from './docs-routes.ts';
import { downloadRoutes } from './download-routes.ts';
import { named } from './endpoint.ts';
import { errorHandler } from './error-handler.ts';
import { receiveRequest } from './receive-request.ts';
import { requestLog } from './request-log.ts';
import { routeNotFound } from './route-not-found.ts';
import { healthRoutes, serviceRoutes } from './service-routes.ts';
import { telemetryRoutes, type PageSpans } from './telemetry-routes.ts';
import type { OnAnswered } from './watch-answer.ts';

export interface AppParts {
  /** What this process does besides, which decides whether it is well. */
  readonly role: Exclude<Role, 'worker'>;
  /** Origin of absolute links; null to take it from each request. */
  readonly publicUrl: string | null;
  /** Addresses, networks and ranges whose `X-Forwarded-For` is believed. */
  readonly trustedProxies: readonly string[];
  /** What the page is told of where its errors and traces go. */
  readonly page: Capabilities['page'];
  readonly isDraining: () => boolean;
  /** Serves the links of an object store that has no address of its own. */
  readonly objects: RequestHandler | null;
  /** Passes on what pages tell of their spans; null where nobody wants them. */
  readonly pageSpans: PageSpans | null;
  /** Serves the page; last, since it answers every address that a browser may stand at. */
  readonly dashboard: RequestHandler | null;
  /** Hears of every answer; null where nobody counts them. */
  readonly onAnswered: OnAnswered | null;
}

/** The whole HTTP side. It builds and does not listen. */
export function createApp(ports: Ports, { role, publicUrl, trustedProxies, page, isDraining, objects, pageSpans, dashboard, onAnswered }: AppParts): Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('query parser', 'simple');
  app.set('trust proxy', [...trustedProxies]);
  app.use(receiveRequest(ports.tracing, [requestLog(ports.log), ...(onAnswered ? [onAnswered] : [])]));
  app.use(downloadRoutes(ports, publicUrl));
  app.use(healthRoutes(ports, role, isDraining));
  app.use(serviceRoutes(ports, page));
  app.use(telemetryRoutes(pageSpans));
  app.use(docsRoutes());
  if (objects) app.use('/objects', named('/objects')).use(objects);
  if (dashboard) app.use(named('page'), dashboard);
  app.use(routeNotFound);
  app.use(errorHandler(ports.log, publicUrl));
  return app;
}

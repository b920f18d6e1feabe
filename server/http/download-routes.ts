import { Router, type Request, type Response } from 'express';
import { downloadPaths, type InitiateResponse } from '#shared/download-api.ts';
import {
  checkRequestSchema,
  historyQuerySchema,
  initiateRequestSchema,
  statusesQuerySchema,
  statusQuerySchema,
} from '#shared/download-requests.ts';
import { checkFile } from '../downloads/browse-files.ts';
import { cancelDownload } from '../downloads/cancel-download.ts';
import { deleteDownload } from '../downloads/delete-download.ts';
import { handOutDownload } from '../downloads/hand-out-download.ts';
import { initiateDownload } from '../downloads/initiate-download.ts';
import { listHistory } from '../downloads/list-history.ts';
import type { Ports } from '../downloads/ports.ts';
import { retryDownload } from '../downloads/retry-download.ts';
import { viewJob, viewJobs } from '../downloads/view-jobs.ts';
import { endpoint } from './endpoint.ts';
import { idempotencyKeyOf } from './idempotency-key.ts';
import { jsonBody } from './json-body.ts';
import { explainToNavigation } from './navigation-page.ts';
import { contextOf, originOf } from './request-context.ts';
import { routeNotFound } from './route-not-found.ts';
import { sendStatus } from './send-status.ts';

const initiateLimit = 64_000;
const smallLimit = 16_000;

/** All of `/v1/download`. Literal paths stand before `/:jobId`, which would swallow them, and the polls first of all. */
export function downloadRoutes(ports: Ports, publicUrl: string | null): Router {
  const routes = Router();
  const wish = (req: Request) => ({ origin: originOf(req, publicUrl) });
  const asker = (req: Request, res: Response) => {
    const { traceparent, requestId } = contextOf(res);
    return { ...wish(req), traceparent, requestId };
  };

  endpoint(routes, downloadPaths.statuses(), {
    get: [
      async (req, res) => {
        const { ids } = statusesQuerySchema.parse(req.query);
        const body = await viewJobs(ports, ids, wish(req));
        sendStatus(req, res, { body, ...body });
      },
    ],
  });

  endpoint(routes, downloadPaths.status(), {
    get: [
      async (req, res) => {
        const timeline = statusQuerySchema.parse(req.query).include === 'timeline';
        const job = await viewJob(ports, jobIdOf(req), { ...wish(req), timeline });
        sendStatus(req, res, { body: job, jobs: [job], nextPollInMs: job.nextPollInMs, more: timeline ? '.timeline' : '' });
      },
    ],
  });

  endpoint(routes, downloadPaths.initiate(), {
    post: [
      ...jsonBody(initiateLimit),
      async (req, res) => {
        const body = initiateRequestSchema.parse(req.body);
        const clientRequestId = idempotencyKeyOf(req, body.clientRequestId);
        accepted(res, await initiateDownload(ports, body, clientRequestId, asker(req, res)));
      },
    ],
  });

  endpoint(routes, downloadPaths.cancel(), {
    post: [async (req, res) => void res.json(await cancelDownload(ports, jobIdOf(req), wish(req)))],
  });

  endpoint(routes, downloadPaths.retry(), {
    post: [
      async (req, res) => accepted(res, await retryDownload(ports, jobIdOf(req), idempotencyKeyOf(req), asker(req, res))),
    ],
  });

  endpoint(routes, downloadPaths.history(), {
    get: [async (req, res) => void res.json(await listHistory(ports, historyQuerySchema.parse(req.query), wish(req)))],
  });

  endpoint(routes, downloadPaths.check(), {
    post: [
      ...jsonBody(smallLimit),
      async (req, res) => void res.json(await checkFile(ports, checkRequestSchema.parse(req.body).file_id)),
    ],
  });

  routes.all(downloadPaths.events(), routeNotFound);

  endpoint(
    routes,
    downloadPaths.download(),
    {
      get: [
        async (req, res) => {
          const method = req.method === 'HEAD' ? 'HEAD' : 'GET';
          const link = await handOutDownload(ports, jobIdOf(req), method, wish(req));
          res.setHeader('Cache-Control', 'no-store');
          res.setHeader('Referrer-Policy', 'no-referrer');
          res.setHeader('Location', link);
          res.status(302).end();
        },
      ],
      delete: [
        async (req, res) => {
          await deleteDownload(ports, jobIdOf(req), wish(req));
          res.status(204).end();
        },
      ],
    },
    [explainToNavigation],
  );
  return routes;
}

function jobIdOf(req: Request): string {
  return String(req.params.jobId);
}

function accepted(res: Response, answer: InitiateResponse): void {
  contextOf(res).span.tell({ 'job.id': answer.jobId });
  if (answer.deduplicated) res.setHeader('Idempotent-Replayed', 'true');
  res.setHeader('Cache-Control', 'no-store');
  res.status(202).json(answer);
}

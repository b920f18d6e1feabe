import { Router } from 'express';
import { filesQuerySchema } from '#shared/download-requests.ts';
import { filesPath } from '#shared/files-api.ts';
import { servicePaths, type Capabilities } from '#shared/service-api.ts';
import { listFiles } from '../downloads/browse-files.ts';
import { describeCapabilities } from '../downloads/describe-capabilities.ts';
import type { Ports } from '../downloads/ports.ts';
import { failingParts, reportHealth, type Role } from '../downloads/report-health.ts';
import { endpoint } from './endpoint.ts';

const keptMs = 1000;

/** How this process is, for people and for probes. */
export function healthRoutes(ports: Ports, role: Role, isDraining: () => boolean): Router {
  const routes = Router();
  const report = keptBriefly(() => reportHealth(ports, role));
  endpoint(routes, servicePaths.health, {
    get: [
      async (_req, res) => {
        const health = await report();
        res.setHeader('Cache-Control', 'no-store');
        res.status(health.status === 'healthy' ? 200 : 503).json(health);
      },
    ],
  });
  endpoint(routes, servicePaths.live, { get: [(_req, res) => void res.json({ status: 'live' })] });
  endpoint(routes, servicePaths.ready, {
    get: [
      async (_req, res) => {
        const failing = isDraining() ? [] : failingParts((await report()).checks, role);
        res.setHeader('Cache-Control', 'no-store');
        if (isDraining()) res.status(503).json({ status: 'draining' });
        else if (failing.length > 0) res.status(503).json({ status: 'not ready', failing });
        else res.json({ status: 'ready' });
      },
    ],
  });
  return routes;
}

/** What the service can do, and what its source has. */
export function serviceRoutes(ports: Ports, page: Capabilities['page']): Router {
  const routes = Router();
  endpoint(routes, servicePaths.capabilities, { get: [(_req, res) => void res.json(describeCapabilities(ports, page))] });
  endpoint(routes, filesPath, {
    get: [async (req, res) => void res.json(await listFiles(ports, filesQuerySchema.parse(req.query)))],
  });
  return routes;
}

/** Every open page and every probe asks, and each look writes to storage and records: one serves all who come within a second. */
function keptBriefly<Answer>(look: () => Promise<Answer>): () => Promise<Answer> {
  let lookedAt = -Infinity;
  let answer: Promise<Answer> | undefined;
  return () => {
    if (performance.now() - lookedAt >= keptMs) {
      lookedAt = performance.now();
      answer = look();
    }
    return answer!;
  };
}

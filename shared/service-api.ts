import * as z from 'zod/mini';

export const servicePaths = {
  health: '/health',
  live: '/health/live',
  ready: '/health/ready',
  capabilities: '/v1/capabilities',
  traces: '/v1/telemetry/traces',
  openApi: '/openapi.json',
  docs: '/docs',
} as const;

const check = z.enum(['ok', 'degraded', 'error']);
export type HealthCheck = z.infer<typeof check>;

export const healthSchema = z.object({
  status: z.enum(['healthy', 'unhealthy']),
  checks: z.object({ api: check, store: check, queue: check, storage: check, worker: check }),
  /** One sentence for each check that is not `ok`. */
  reasons: z.array(z.string()),
  line: z.object({ waiting: z.int(), etaSeconds: z.nullable(z.int()) }),
});
export type Health = z.infer<typeof healthSchema>;

const limit = z.nullable(z.int());

/** What this server can do and allows; null where there is none. */
export const capabilitiesSchema = z.object({
  limits: z.object({ filesPerJob: limit, artifactBytes: limit, idsPerPoll: limit, activeJobs: limit }),
  lifetimes: z.object({ jobMs: z.int(), historyMs: z.int(), deadlineMs: z.int(), linkSeconds: z.int() }),
  channels: z.object({ longPoll: z.boolean(), events: z.boolean(), webhooks: z.boolean() }),
  source: z.object({ name: z.string(), catalogue: z.boolean() }),
  page: z.object({
    sentryDsn: z.nullable(z.string()),
    traceViewerUrl: z.nullable(z.string()),
    sampleRatio: z.nullable(z.number()),
  }),
});
export type Capabilities = z.infer<typeof capabilitiesSchema>;

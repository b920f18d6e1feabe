import { resolve } from 'node:path';
import type { Capabilities } from '#shared/service-api.ts';
import type { Policy } from './downloads/policy.ts';
import type { S3Access } from './s3/s3-access.ts';
import { tracingConfigOf, type TracingConfig } from './telemetry/tracing-config.ts';
import { defaultBucket, defaultDataDir, environmentSchema, sourceNameOf, usesS3, type Environment } from './environment.ts';

/** Where records, queue and file numbers are. */
export type RecordsConfig =
  | { readonly name: 'sqlite'; readonly dataDir: string }
  /** The same for a command, with the program running or not. */
  | { readonly name: 'sqlite-beside'; readonly dataDir: string }
  | { readonly name: 'redis'; readonly url: string };

/** Where finished files go. */
export type ObjectsConfig =
  | { readonly name: 'embedded'; readonly dataDir: string }
  | { readonly name: 's3'; readonly access: S3Access; readonly bucket: string; /** Signs links for this address. */ readonly publicEndpoint: string | null };

/** Where the bytes come from, and what that source needs to know. */
export type SourceConfig =
  | { readonly name: 'simulated'; readonly delayMinMs: number; readonly delayMaxMs: number }
  | { readonly name: 'directory'; readonly root: string }
  | { readonly name: 's3'; readonly access: S3Access; readonly bucket: string; readonly prefix: string }
  | { readonly name: 'http'; readonly urlTemplate: string };

export interface Config {
  /** What this process does. */
  readonly role: Environment['ROLE'];
  /** Null where nothing is to be served: a worker that was given no port. */
  readonly port: number | null;
  readonly host: string;
  /** Where operators look into the queue; null for nowhere. */
  readonly admin: { readonly port: number; readonly host: string } | null;
  /** Where Prometheus is answered; null for nowhere, and then nothing is counted. */
  readonly metrics: { readonly port: number; readonly host: string } | null;
  /** Origin of absolute links; null to take it from each request. */
  readonly publicUrl: string | null;
  /** Whose word is taken for the address that a request comes from. */
  readonly trustedProxies: readonly string[];
  readonly records: RecordsConfig;
  readonly objects: ObjectsConfig;
  readonly source: SourceConfig;
  readonly policy: Policy;
  /** What the page is told of where its errors and traces go. */
  readonly page: Capabilities['page'];
  /** Null where nobody says where traces go. */
  readonly tracing: TracingConfig | null;
  /** Where errors are reported; null for nowhere. */
  readonly sentryDsn: string | null;
  readonly logLevel: Environment['LOG_LEVEL'];
}

/** Names every mistake in the environment at once. */
export class ConfigurationError extends Error {
  override name = 'ConfigurationError';
}

/** Reads the configuration out of the environment. An empty value counts as none. Throws `ConfigurationError`. */
export function readConfig(environment: NodeJS.ProcessEnv): Config {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const parsed = environmentSchema.safeParse(given);
  if (!parsed.success) {
    const mistakes = parsed.error.issues.map(({ path, message }) => `  ${path.join('.')}: ${message}`);
    throw new ConfigurationError(`The configuration has ${mistakes.length === 1 ? 'a mistake' : 'mistakes'}:\n${mistakes.join('\n')}`);
  }
  const env = parsed.data;
  const dataDir = resolve(env.DATA_DIR ?? defaultDataDir);
  const tracing = tracingConfigOf(env);
  return {
    role: env.ROLE,
    port: env.PORT ?? (env.ROLE === 'worker' ? null : 3000),
    host: env.HOST,
    admin: env.ADMIN_PORT === undefined ? null : { port: env.ADMIN_PORT, host: env.ADMIN_HOST },
    metrics: env.METRICS_PORT === undefined ? null : { port: env.METRICS_PORT, host: env.METRICS_HOST },
    publicUrl: env.PUBLIC_URL ?? null,
    trustedProxies: env.TRUSTED_PROXIES ?? [],
    records: env.REDIS_URL === undefined ? { name: 'sqlite', dataDir } : { name: 'redis', url: env.REDIS_URL },
    objects: usesS3(env)
      ? { name: 's3', access: s3AccessOf(env), bucket: env.S3_BUCKET ?? defaultBucket, publicEndpoint: env.S3_PUBLIC_ENDPOINT ?? null }
      : { name: 'embedded', dataDir },
    source: sourceOf(env),
    policy: policyOf(env),
    page: { sentryDsn: env.BROWSER_SENTRY_DSN ?? null, traceViewerUrl: env.TRACE_VIEWER_URL ?? null, sampleRatio: tracing?.sampling.ratio ?? null },
    tracing,
    sentryDsn: env.SENTRY_DSN ?? null,
    logLevel: env.LOG_LEVEL,
  };
}

function s3AccessOf(env: Environment): S3Access {
  const { S3_ACCESS_KEY_ID: accessKeyId, S3_SECRET_ACCESS_KEY: secretAccessKey } = env;
  return {
    endpoint: env.S3_ENDPOINT ?? null,
    region: env.S3_REGION,
    credentials: accessKeyId !== undefined && secretAccessKey !== undefined ? { accessKeyId, secretAccessKey } : null,
    forcePathStyle: env.S3_FORCE_PATH_STYLE ?? env.S3_ENDPOINT !== undefined,
    checksums: env.S3_CHECKSUMS,
  };
}

function sourceOf(env: Environment): SourceConfig {
  switch (sourceNameOf(env)) {
    case 'simulated':
      return { name: 'simulated', delayMinMs: env.DOWNLOAD_DELAY_MIN_MS, delayMaxMs: env.DOWNLOAD_DELAY_MAX_MS };
    case 'directory':
      return { name: 'directory', root: resolve(env.FILES_DIR!) };
    case 's3':
      return { name: 's3', access: s3AccessOf(env), bucket: env.SOURCE_S3_BUCKET!, prefix: env.SOURCE_S3_PREFIX ?? '' };
    case 'http':
      return { name: 'http', urlTemplate: env.SOURCE_URL_TEMPLATE! };
  }
}

function policyOf(env: Environment): Policy {
  return {
    maxAttempts: env.DOWNLOAD_MAX_ATTEMPTS,
    retryBaseMs: env.DOWNLOAD_RETRY_BASE_MS,
    retryCapMs: 60_000,
    maxWorkerLosses: env.DOWNLOAD_MAX_WORKER_LOSSES,
    jobTimeoutMs: env.DOWNLOAD_JOB_TIMEOUT_MS,
    jobTtlMs: env.DOWNLOAD_JOB_TTL_MS,
    historyTtlMs: env.DOWNLOAD_HISTORY_TTL_MS,
    leaseMs: 30_000,
    heartbeatMs: 5000,
    sweepMs: 10_000,
    describeMs: 1000,
    sourceIdleMs: 60_000,
    maxArtifactBytes: env.MAX_ARTIFACT_BYTES,
    linkTtlMs: env.PRESIGNED_URL_TTL_SECONDS * 1000,
    concurrency: env.DOWNLOAD_WORKER_CONCURRENCY,
  };
}

import * as z from 'zod';
import { mistakeInUrlTemplate } from './file-source/http-url-template.ts';
import { isWithin } from './is-within.ts';
import { otelVariables, samplers, spokenProtocol } from './telemetry/otel-variables.ts';
import { mistakeInDsn } from './telemetry/sentry-dsn.ts';
import { tracingConfigOf } from './telemetry/tracing-config.ts';
import { mistakeInTraceViewerUrl } from './trace-viewer-url.ts';
import { mistakeInTrustedProxies, trustedProxiesOf } from './trusted-proxies.ts';

const day = 86_400_000;

const whole = (least: number, most: number) =>
  z
    .string()
    .regex(/^\d+$/, 'must be a whole number')
    .transform(Number)
    .pipe(z.number().min(least, `must be at least ${least}`).max(most, `must be at most ${most}`));

/** `true`, `false`, `1` or `0`: what else a word might mean is nobody's guess. */
const yesOrNo = z.enum(['true', 'false', '1', '0'], 'must be true, false, 1 or 0').transform((word) => word === 'true' || word === '1');

const origin = z
  .url({ protocol: /^https?$/, error: 'must be an address such as https://downloads.example.org' })
  .transform((text) => new URL(text).origin);

/** A text that a function of its own finds mistakes in. */
const checked = (mistakeIn: (text: string) => string | null) =>
  z.string().superRefine((text, ctx) => {
    const message = mistakeIn(text);
    if (message !== null) ctx.addIssue({ code: 'custom', message });
  });

const port = whole(0, 65_535);

const variables = z.object({
  PORT: port.optional(),
  HOST: z.string().default('127.0.0.1'),
  PUBLIC_URL: origin.optional(),
  TRUSTED_PROXIES: checked(mistakeInTrustedProxies).transform(trustedProxiesOf).optional(),
  DATA_DIR: z.string().optional(),
  ROLE: z.enum(['api', 'worker', 'all']).default('all'),
  ADMIN_PORT: port.optional(),
  ADMIN_HOST: z.string().default('127.0.0.1'),
  REDIS_URL: z.url({ protocol: /^rediss?$/, error: 'must be an address such as redis://localhost:6379' }).optional(),
  S3_ENDPOINT: z.url({ protocol: /^https?$/, error: 'must be an address such as http://localhost:9000' }).optional(),
  S3_PUBLIC_ENDPOINT: z.url({ protocol: /^https?$/, error: 'must be an address such as https://files.example.org' }).optional(),
  S3_REGION: z.string().default('us-east-1'),
  S3_BUCKET: z.string().regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, 'must be the name of a bucket').optional(),
  S3_ACCESS_KEY_ID: z.string().optional(),
  S3_SECRET_ACCESS_KEY: z.string().optional(),
  S3_FORCE_PATH_STYLE: yesOrNo.optional(),
  S3_CHECKSUMS: z.enum(['when_supported', 'when_required']).default('when_supported'),
  FILE_SOURCE: z.enum(['simulated', 'directory', 's3', 'http']).optional(),
  FILES_DIR: z.string().optional(),
  SOURCE_S3_BUCKET: z.string().optional(),
  SOURCE_S3_PREFIX: z.string().optional(),
  SOURCE_URL_TEMPLATE: checked(mistakeInUrlTemplate).optional(),
  DOWNLOAD_DELAY_MIN_MS: whole(0, day).default(10_000),
  DOWNLOAD_DELAY_MAX_MS: whole(0, day).default(120_000),
  DOWNLOAD_WORKER_CONCURRENCY: whole(1, 1000).default(4),
  DOWNLOAD_JOB_TTL_MS: whole(1000, 3650 * day).default(day),
  DOWNLOAD_HISTORY_TTL_MS: whole(0, 3650 * day).default(7 * day),
  DOWNLOAD_MAX_ATTEMPTS: whole(1, 100).default(5),
  DOWNLOAD_RETRY_BASE_MS: whole(0, 3_600_000).default(5000),
  DOWNLOAD_MAX_WORKER_LOSSES: whole(0, 1000).default(10),
  DOWNLOAD_JOB_TIMEOUT_MS: whole(100, 30 * day).default(3_600_000),
  MAX_ARTIFACT_BYTES: whole(1, Number.MAX_SAFE_INTEGER).default(10_000_000_000),
  PRESIGNED_URL_TTL_SECONDS: whole(600, 1800).default(900),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
  SENTRY_DSN: checked(mistakeInDsn).optional(),
  BROWSER_SENTRY_DSN: checked(mistakeInDsn).optional(),
  TRACE_VIEWER_URL: checked(mistakeInTraceViewerUrl).optional(),
  METRICS_PORT: port.optional(),
  METRICS_HOST: z.string().default('127.0.0.1'),
  ...otelVariables,
});
type Variables = z.infer<typeof variables>;

/** The variable that gives each source what it reads from, and thereby chooses it. */
const settingOf = { directory: 'FILES_DIR', s3: 'SOURCE_S3_BUCKET', http: 'SOURCE_URL_TEMPLATE' } as const;
const choosing = Object.entries(settingOf) as [keyof typeof settingOf, (typeof settingOf)[keyof typeof settingOf]][];

export function sourceNameOf(env: Pick<Variables, 'FILE_SOURCE' | (typeof settingOf)[keyof typeof settingOf]>): 'simulated' | keyof typeof settingOf {
  return env.FILE_SOURCE ?? choosing.find(([, variable]) => env[variable] !== undefined)?.[0] ?? 'simulated';
}

/** Any of these set: finished files go to S3. */
export function usesS3(env: Pick<Variables, 'S3_ENDPOINT' | 'S3_ACCESS_KEY_ID' | 'S3_BUCKET'>): boolean {
  return env.S3_ENDPOINT !== undefined || env.S3_ACCESS_KEY_ID !== undefined || env.S3_BUCKET !== undefined;
}

export const defaultBucket = 'downloads';
export const defaultDataDir = './data';

type Mistake = (name: keyof Variables, message: string) => void;

/** All variables, and what must be true between them. */
export const environmentSchema = variables.superRefine((env, ctx) => {
  const mistake: Mistake = (name, message) => ctx.addIssue({ code: 'custom', path: [name], message });
  if (env.DOWNLOAD_DELAY_MAX_MS < env.DOWNLOAD_DELAY_MIN_MS) mistake('DOWNLOAD_DELAY_MAX_MS', 'must not be less than DOWNLOAD_DELAY_MIN_MS');
  checkSource(env, mistake);
  checkS3(env, mistake);
  checkRoles(env, mistake);
  checkTracing(env, mistake);
});
export type Environment = z.infer<typeof environmentSchema>;

function checkSource(env: Variables, mistake: Mistake): void {
  const chosen = sourceNameOf(env);
  for (const [name, variable] of choosing) {
    if (name === chosen && env[variable] === undefined) mistake(variable, `is needed by FILE_SOURCE=${name}`);
    if (name !== chosen && env[variable] !== undefined) mistake(variable, `chooses the ${name} source, but the ${chosen} source is chosen already`);
  }
  if (env.SOURCE_S3_PREFIX !== undefined && chosen !== 's3') mistake('SOURCE_S3_PREFIX', 'says something only with SOURCE_S3_BUCKET');
  if (env.SOURCE_S3_BUCKET !== undefined && usesS3(env) && env.SOURCE_S3_BUCKET === (env.S3_BUCKET ?? defaultBucket)) {
    mistake('SOURCE_S3_BUCKET', 'is the bucket of the finished files: they would be handed out as files themselves');
  }
  const keepsData = env.REDIS_URL === undefined || !usesS3(env);
  if (env.FILES_DIR !== undefined && keepsData && isWithin(env.DATA_DIR ?? defaultDataDir, env.FILES_DIR)) {
    mistake('DATA_DIR', 'lies in FILES_DIR: records and link secret would be handed out with the files');
  }
}

function checkS3(env: Variables, mistake: Mistake): void {
  if ((env.S3_ACCESS_KEY_ID === undefined) !== (env.S3_SECRET_ACCESS_KEY === undefined)) {
    mistake(env.S3_ACCESS_KEY_ID === undefined ? 'S3_ACCESS_KEY_ID' : 'S3_SECRET_ACCESS_KEY', 'is missing: key id and secret go together');
  }
  if (env.S3_PUBLIC_ENDPOINT !== undefined && !usesS3(env)) mistake('S3_PUBLIC_ENDPOINT', 'says something only where finished files are in S3');
}

function checkRoles(env: Variables, mistake: Mistake): void {
  if (env.ADMIN_PORT !== undefined && env.REDIS_URL === undefined) mistake('ADMIN_PORT', 'shows the queue in Redis, and there is no REDIS_URL');
  if (env.ROLE === 'all') return;
  if (env.REDIS_URL === undefined) mistake('ROLE', `${env.ROLE} alone needs REDIS_URL; without it one process does both`);
  if (!usesS3(env) && env.DATA_DIR === undefined) {
    mistake('ROLE', `${env.ROLE} alone needs S3_BUCKET, or a DATA_DIR that all processes share, for the finished files`);
  }
}

function checkTracing(env: Variables, mistake: Mistake): void {
  if (env.OTEL_TRACES_SAMPLER_ARG !== undefined && !samplers[env.OTEL_TRACES_SAMPLER].takesRatio) {
    mistake('OTEL_TRACES_SAMPLER_ARG', 'says something only with OTEL_TRACES_SAMPLER=traceidratio or parentbased_traceidratio');
  }
  // Platforms set it for all that they run, also for what sends nothing.
  const protocol = env.OTEL_EXPORTER_OTLP_TRACES_PROTOCOL === undefined ? 'OTEL_EXPORTER_OTLP_PROTOCOL' : 'OTEL_EXPORTER_OTLP_TRACES_PROTOCOL';
  if (env[protocol] !== undefined && env[protocol] !== spokenProtocol && tracingConfigOf(env)) {
    mistake(protocol, `must be ${spokenProtocol}, the only one that is spoken here`);
  }
}

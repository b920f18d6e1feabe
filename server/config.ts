import { existsSync, realpathSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import * as z from 'zod';
import type { Policy } from './downloads/policy.ts';

const day = 86_400_000;

const whole = (least: number, most: number) =>
  z
    .string()
    .regex(/^\d+$/, 'must be a whole number')
    .transform(Number)
    .pipe(z.number().min(least, `must be at least ${least}`).max(most, `must be at most ${most}`));

/** Named by the contract and built later: better refused than silently left out. */
const notYet = z.undefined({ error: 'is not supported by this version; leave it out' }).optional();

const environmentSchema = z
  .object({
    PORT: whole(0, 65_535).default(3000),
    HOST: z.string().default('127.0.0.1'),
    PUBLIC_URL: z
      .url({ protocol: /^https?$/, error: 'must be an address such as https://downloads.example.org' })
      .transform((text) => new URL(text).origin)
      .optional(),
    DATA_DIR: z.string().default('./data'),
    ROLE: z.enum(['api', 'worker', 'all']).default('all'),
    FILE_SOURCE: z.enum(['simulated', 'directory']).optional(),
    FILES_DIR: z.string().optional(),
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
    REDIS_URL: notYet,
    S3_ENDPOINT: notYet,
    S3_BUCKET: notYet,
    S3_ACCESS_KEY_ID: notYet,
    SOURCE_S3_BUCKET: notYet,
    SOURCE_URL_TEMPLATE: notYet,
    METRICS_PORT: notYet,
  })
  .superRefine((env, ctx) => {
    const mistake = (name: string, message: string) => ctx.addIssue({ code: 'custom', path: [name], message });
    if (env.DOWNLOAD_DELAY_MAX_MS < env.DOWNLOAD_DELAY_MIN_MS) {
      mistake('DOWNLOAD_DELAY_MAX_MS', 'must not be less than DOWNLOAD_DELAY_MIN_MS');
    }
    if (env.FILE_SOURCE === 'directory' && env.FILES_DIR === undefined) mistake('FILES_DIR', 'is needed by FILE_SOURCE=directory');
    if (env.FILE_SOURCE === 'simulated' && env.FILES_DIR !== undefined) {
      mistake('FILES_DIR', 'chooses the directory source, but FILE_SOURCE says simulated');
    }
    if (env.FILES_DIR !== undefined && isWithin(env.DATA_DIR, env.FILES_DIR)) {
      mistake('DATA_DIR', `lies in FILES_DIR (${resolve(env.FILES_DIR)}): records and link secret would be handed out with the files`);
    }
    if (env.ROLE !== 'all') mistake('ROLE', `${env.ROLE} alone needs REDIS_URL; without it one process does both`);
  });

/** Whether a path is the folder or lies below it, links followed as far as the path exists. */
function isWithin(path: string, folder: string): boolean {
  const way = relative(realPath(folder), realPath(path));
  return way === '' || !(way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way));
}

function realPath(path: string): string {
  const absolute = resolve(path);
  if (existsSync(absolute)) return realpathSync(absolute);
  return join(realPath(dirname(absolute)), basename(absolute));
}

type Environment = z.infer<typeof environmentSchema>;

/** Where the bytes come from, and what that source needs to know. */
export type SourceConfig =
  | { readonly name: 'simulated'; readonly delayMinMs: number; readonly delayMaxMs: number }
  | { readonly name: 'directory'; readonly root: string };

export interface Config {
  readonly port: number;
  readonly host: string;
  /** Origin of absolute links; null to take it from each request. */
  readonly publicUrl: string | null;
  readonly dataDir: string;
  readonly source: SourceConfig;
  readonly policy: Policy;
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
  return {
    port: env.PORT,
    host: env.HOST,
    publicUrl: env.PUBLIC_URL ?? null,
    dataDir: resolve(env.DATA_DIR),
    source: sourceOf(env),
    policy: policyOf(env),
    logLevel: env.LOG_LEVEL,
  };
}

function sourceOf(env: Environment): SourceConfig {
  if (env.FILES_DIR !== undefined) return { name: 'directory', root: resolve(env.FILES_DIR) };
  return { name: 'simulated', delayMinMs: env.DOWNLOAD_DELAY_MIN_MS, delayMaxMs: env.DOWNLOAD_DELAY_MAX_MS };
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

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ObjectGateway } from '../../server/testing/object-gateway.ts';
import type { OtlpReceiver } from '../../server/testing/otlp-receiver.ts';
import { RedisProcess } from '../../server/testing/redis-process.ts';
import { ProgramProcess } from './program-process.ts';

/** The two ways of running: all in one process, or API and worker each in one of its own over Redis and S3. */
export type Mode = 'embedded' | 'distributed';

/** What the second takes of the machine. */
export const programsFor: Record<Mode, readonly string[]> = { embedded: [], distributed: ['redis-server', 'radosgw'] };

/** A running program of either kind, which sends its traces. */
export interface TracedPrograms extends AsyncDisposable {
  /** Where browsers reach it. */
  readonly address: string;
}

export async function startTraced(mode: Mode, collector: OtlpReceiver, environment: NodeJS.ProcessEnv = {}): Promise<TracedPrograms> {
  await using opened = new AsyncDisposableStack();
  const traced = { LOG_LEVEL: 'warn', OTEL_EXPORTER_OTLP_ENDPOINT: collector.endpoint, OTEL_BSP_SCHEDULE_DELAY: '200', ...environment };
  const start = async (more: NodeJS.ProcessEnv = {}) => opened.use(await ProgramProcess.start({ ...traced, ...more }));
  const entrance = mode === 'embedded' ? await start() : await startTogether(opened, start);
  const standing = opened.move();
  return { address: entrance.address, [Symbol.asyncDispose]: () => standing.disposeAsync() };
}

async function startTogether(opened: AsyncDisposableStack, start: (more: NodeJS.ProcessEnv) => Promise<ProgramProcess>): Promise<ProgramProcess> {
  const redis = opened.adopt(new RedisProcess(), (one) => one.stop());
  const gateway = opened.use(new ObjectGateway());
  const dataDir = opened.adopt(await mkdtemp(join(tmpdir(), 'traced-')), (folder) => rm(folder, { recursive: true, force: true }));
  await Promise.all([redis.start(), gateway.start()]);
  const { accessKeyId, secretAccessKey } = gateway.keys;
  const storage = { S3_ENDPOINT: gateway.endpoint, S3_ACCESS_KEY_ID: accessKeyId, S3_SECRET_ACCESS_KEY: secretAccessKey };
  const shared = { REDIS_URL: redis.url, DATA_DIR: dataDir, ...storage };
  const [api] = await Promise.all([start({ ...shared, ROLE: 'api' }), start({ ...shared, ROLE: 'worker' })]);
  return api;
}

import fc from 'fast-check';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import type * as z from 'zod/mini';
import { aJob, aTracked } from '../testing/a-job.ts';

type Schemas = Record<string, z.ZodMiniType>;

/** Everything that the page reads, as written with the given words. */
async function schemasWith(words: () => Promise<object>): Promise<Schemas> {
  vi.resetModules();
  vi.doMock('zod/mini', words);
  const modules: object[] = await Promise.all([
    import('#shared/download-api.ts'),
    import('#shared/files-api.ts'),
    import('#shared/problem.ts'),
    import('#shared/service-api.ts'),
    import('../downloads/tracked-job.ts'),
    import('../downloads/intent.ts'),
  ]);
  return Object.assign({}, ...modules) as Schemas;
}

const job = aJob({ status: 'completed' });
const tracked = aTracked(job);
const examples: Record<string, object> = {
  historyResponseSchema: { jobs: [job], total: 1, nextCursor: null },
  statusesResponseSchema: { jobs: [job, aJob()], missing: ['x'], nextPollInMs: 1000 },
  initiateResponseSchema: { jobId: 'a', nextPollInMs: 1, expiresAt: job.expiresAt, job, deduplicated: false },
  checkResponseSchema: { file_id: 1, available: true, fileName: 'a.csv', size: 9 },
  filesResponseSchema: { files: [{ fileId: 1, fileName: 'a', size: null, contentType: 'b', entries: 1 }], total: 1, nextCursor: 'c' },
  problemSchema: { type: 't', title: 't', status: 409, detail: 'd', code: 'job-settled', requestId: 'r', traceId: 't', job },
  capabilitiesSchema: {
    limits: { filesPerJob: 1, artifactBytes: null, idsPerPoll: 100, activeJobs: 5 },
    lifetimes: { jobMs: 1, historyMs: 1, deadlineMs: 1, linkSeconds: 1 },
    channels: { longPoll: true, events: false, webhooks: false },
    source: { name: 's', catalogue: true },
    page: { sentryDsn: null, traceViewerUrl: null, sampleRatio: 0.5 },
  },
  healthSchema: {
    status: 'healthy',
    checks: { api: 'ok', store: 'ok', queue: 'degraded', storage: 'ok', worker: 'error' },
    reasons: [],
    line: { waiting: 0, etaSeconds: null },
  },
  trackedJobSchema: tracked,
  intentSchema: { clientRequestId: 'c', place: tracked.place, asked: tracked.asked, archiveName: null, retryOf: 'x' },
};

const strangeValues = fc.oneof(
  fc.jsonValue(),
  fc.constantFrom(undefined, -1, 0.5, 101, 2 ** 53, Number.NaN, '', '2026-02-30T10:00:00.000Z', '2026-11-23T10:00:00.000Z', '2026-11-23'),
);

/** The same with one value somewhere inside replaced. */
function withOneChanged(value: unknown, at: readonly number[], replacement: unknown): unknown {
  const [first, ...rest] = at;
  if (first === undefined || typeof value !== 'object' || value === null) return replacement;
  const keys = Object.keys(value);
  const key = keys[first % Math.max(1, keys.length)];
  if (key === undefined) return replacement;
  const changed = withOneChanged((value as Record<string, unknown>)[key], rest, replacement);
  return Array.isArray(value) ? value.with(Number(key), changed) : { ...value, [key]: changed };
}

function verdict(schema: z.ZodMiniType, value: unknown): unknown {
  const result = schema.safeParse(value);
  return result.success ? result.data : 'refused';
}

describe('what the built page reads with', () => {
  let zods: Schemas;
  let ours: Schemas;
  beforeAll(async () => {
    zods = await schemasWith(() => vi.importActual('zod/mini'));
    ours = await schemasWith(() => vi.importActual('./small-zod.ts'));
  });

  test.each(Object.entries(examples))('%s accepts, refuses and keeps what zod does', (name, example) => {
    const read = (schemas: Schemas, value: unknown) => verdict(schemas[name]!, value);
    expect(read(zods, { ...example, unknown: 1 })).toEqual(example);
    expect(read(ours, { ...example, unknown: 1 })).toEqual(example);
    const where = fc.array(fc.nat(40), { maxLength: 5 });
    fc.assert(
      fc.property(where, strangeValues, (at, replacement) => {
        const changed = withOneChanged(example, at, replacement);
        expect(read(ours, changed)).toEqual(read(zods, changed));
      }),
      { numRuns: 300 },
    );
  });
});

import { createRequire } from 'node:module';
import { expect, it } from 'vitest';
import { downloadPaths } from '#shared/download-api.ts';
import { problemSchema } from '#shared/problem.ts';
import { aProgram } from '../testing/a-program.ts';

const { cache } = createRequire(import.meta.url);

it('makes ids and passes them on where nobody records, and loads nothing that could', async () => {
  const program = await aProgram();
  const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
  const headers = { traceparent: `00-${traceId}-00f067aa0ba902b7-01` };
  const answer = await program.post(downloadPaths.initiate(), { file_id: 10_000 }, headers);
  const { jobId } = (await answer.json()) as { jobId: string };
  expect(await program.until(jobId)).toMatchObject({ status: 'completed', traceId });
  const refused = await program.fetch(downloadPaths.status('dl_none'), { headers });
  expect(problemSchema.parse(await refused.json()).traceId).toBe(traceId);
  const loaded = Object.keys(cache).filter((path) => path.includes('@opentelemetry'));
  expect(loaded.length).toBeGreaterThan(0);
  expect(loaded.filter((path) => /@opentelemetry\/(?!api\/|core\/|semantic-conventions\/)/.test(path))).toEqual([]);
});

import { expect, it } from 'vitest';
import type { FaultCode } from '#shared/fault-code.ts';
import { aJob } from '../testing/a-job.ts';
import { collectedLog } from '../testing/collected-log.ts';
import { tellFailures } from './tell-failures.ts';

const failed = (code: FaultCode) => aJob({ status: 'failed', attempts: 5, fault: { code, message: 'It did not answer.', at: 0 } });

it.each(['source-unavailable', 'storage-unavailable', 'checksum-mismatch', 'worker-lost', 'deadline-exceeded'] as const)('tells of %s as an error, with its cause', (code) => {
  const log = collectedLog();
  const job = failed(code);
  const cause = new Error('refused');
  tellFailures(log, [job], cause);
  expect(log.lines).toEqual([{ level: 'error', message: 'job failed for good', fields: expect.objectContaining({ jobId: job.jobId, attempt: 5, errorCode: code, err: cause }) as object }]);
});

it.each(['file-not-found', 'source-forbidden', 'artifact-too-large', 'internal'] as const)('leaves %s alone: it was told to whoever asked, or before', (code) => {
  const log = collectedLog();
  tellFailures(log, [failed(code)]);
  expect(log.lines).toEqual([]);
});

it('tells once of all that one thing ended, and nothing of what goes on', () => {
  const log = collectedLog();
  tellFailures(log, [aJob({ status: 'queued' }), null, failed('source-unavailable'), failed('source-unavailable')]);
  expect(log.lines).toHaveLength(1);
  expect(log.lines[0]!.fields).toMatchObject({ jobs: 2, err: { code: 'source-unavailable' } });
});

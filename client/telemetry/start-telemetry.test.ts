import { expect, test, vi } from 'vitest';
import { ApiError } from '../api/api-error.ts';
import { aCall } from '../testing/a-call.ts';
import { startTelemetry } from './start-telemetry.ts';

const nobody = { sentryDsn: null, traceViewerUrl: null, sampleRatio: null };

test('where nobody is to be told, ids are made and nothing is sent', async () => {
  const fetched = vi.fn();
  vi.stubGlobal('fetch', fetched);
  const { begin, hear, reporter } = await startTelemetry(nobody);
  const call = aCall({ method: 'POST', path: '/v1/download/initiate', status: 500, error: new ApiError(500, null, null) });
  call.trace = begin(call);
  expect(call.trace?.headers['traceparent']).toMatch(/^00-[\da-f]{32}-[\da-f]{16}-00$/);
  for (let count = 0; count < 5; count++) hear(call);
  hear({ error: new Error('cannot draw'), at: Date.now(), how: 'caught' });
  expect(reporter).toBeNull();
  expect(fetched).not.toHaveBeenCalled();
});

test('what watches the page does not break it', async () => {
  const { begin, hear } = await startTelemetry(nobody);
  const broken = Object.defineProperty(aCall(), 'path', {
    get: () => {
      throw new Error('a mistake of whoever watches');
    },
  });
  expect(begin(broken)).toBeUndefined();
  expect(() => hear(broken)).not.toThrow();
});

import { expect, test } from 'vitest';
import { downloadPaths } from '#shared/download-api.ts';
import { filesPath } from '#shared/files-api.ts';
import { servicePaths } from '#shared/service-api.ts';
import { aCall } from '../testing/a-call.ts';
import { describeCall } from './describe-call.ts';

/** What of the service the page does not ask itself. */
const unasked = new Set([downloadPaths.events(), servicePaths.live, servicePaths.ready, servicePaths.traces, servicePaths.openApi, servicePaths.docs] as string[]);

test('every address that the page asks has a name and a pattern', () => {
  const routes = [...Object.values(downloadPaths).map((path) => path()), filesPath, ...Object.values(servicePaths)].filter((route) => !unasked.has(route));
  const named = (route: string) =>
    ['GET', 'HEAD', 'POST', 'DELETE'].map((method) => describeCall(aCall({ method, path: route.replace(':jobId', 'dl_1') }))).filter((facts) => facts.route === route);
  expect(routes.filter((route) => named(route).length === 0)).toEqual([]);
  expect(named(downloadPaths.download()).map(({ name }) => name)).toEqual(['download', 'delete']);
});

test('an address that is nobody’s is told as nothing', () => {
  expect(describeCall(aCall({ path: '/v1/download/status/dl_1/of-somebody' }))).toMatchObject({ name: 'GET', route: null, jobId: null });
});

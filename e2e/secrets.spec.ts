import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { downloadPaths, type InitiateResponse } from '#shared/download-api.ts';
import { filesPath } from '#shared/files-api.ts';
import type { Page } from '@playwright/test';
import { isCi } from '../scripts/is-ci.ts';
import { isInstalled } from '../server/testing/is-installed.ts';
import { ObjectGateway } from '../server/testing/object-gateway.ts';
import { OtlpReceiver } from '../server/testing/otlp-receiver.ts';
import { RedisProcess } from '../server/testing/redis-process.ts';
import { SentryReceiver } from '../server/testing/sentry-receiver.ts';
import { ProgramProcess } from './support/program-process.ts';
import { SecretiveSource, sourceFiles } from './support/secretive-source.ts';
import { Secrets } from './support/secrets.ts';
import { Dashboard, expect, test } from './support/story.ts';

/** The program with every place that it tells anything, and what must be in none of them. */
interface Scene {
  readonly secrets: Secrets;
  readonly collector: OtlpReceiver;
  readonly sentry: SentryReceiver;
  readonly api: ProgramProcess;
  readonly processes: readonly ProgramProcess[];
  /** What is on the disk of the records, as far as it is there. */
  readonly records: () => string;
}

/** All that both ways of running are told. */
async function aScene(opened: AsyncDisposableStack): Promise<{ secrets: Secrets; collector: OtlpReceiver; sentry: SentryReceiver; environment: NodeJS.ProcessEnv }> {
  const secrets = new Secrets();
  const source = opened.use(await SecretiveSource.start(secrets.plant('signature of the source')));
  const [collector, sentry] = [opened.use(await OtlpReceiver.start()), opened.use(await SentryReceiver.start())];
  const environment = {
    SOURCE_URL_TEMPLATE: `http://reader:${secrets.plant('password of the source')}@${source.host}/files/{file_id}?token=${secrets.plant('token of the source')}`,
    DOWNLOAD_MAX_ATTEMPTS: '2',
    DOWNLOAD_RETRY_BASE_MS: '50',
    LOG_LEVEL: 'trace',
    METRICS_PORT: '0',
    SENTRY_DSN: sentry.dsn,
    BROWSER_SENTRY_DSN: sentry.dsn,
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.endpoint,
    OTEL_EXPORTER_OTLP_HEADERS: `authorization=${secrets.plant('token of the collector')}`,
    OTEL_BSP_SCHEDULE_DELAY: '50',
  };
  return { secrets, collector, sentry, environment };
}

const metricsOf = async ({ output }: ProgramProcess) => (await fetch(/"metrics":"([^"]+)"/.exec(output)![1]!)).text();

/** All that the browser keeps of this origin, save the cookie that the story itself has put there. */
const storageOf = (page: Page) =>
  page.evaluate(async () => {
    const kept: unknown[] = [Object.entries(localStorage), Object.entries(sessionStorage), window.name, history.state];
    for (const { name } of await indexedDB.databases()) {
      const database = await new Promise<IDBDatabase>((resolve, reject) => {
        const asked = indexedDB.open(name!);
        asked.addEventListener('success', () => resolve(asked.result));
        asked.addEventListener('error', () => reject(new Error(name)));
      });
      for (const store of database.objectStoreNames) {
        const asked = database.transaction(store).objectStore(store).getAll();
        await new Promise((resolve) => asked.addEventListener('success', resolve));
        kept.push(name, store, asked.result);
      }
    }
    for (const name of 'caches' in window ? await caches.keys() : []) {
      for (const { url } of await (await caches.open(name)).keys()) kept.push(name, url);
    }
    return JSON.stringify(kept);
  });

/** Everything a person and a client do, with secrets wherever one may be. */
async function wholeSession(page: Page, { api, secrets, sentry }: Scene): Promise<void> {
  const { address } = api;
  page.on('response', (answer) => {
    const link = answer.headers()['location'];
    if (link !== undefined) secrets.addLink('link in the browser', new URL(link, address).href);
  });
  await page.context().addCookies([{ name: 'session', value: secrets.plant('cookie'), url: address }]);
  await page.addInitScript((signed) => {
    document.addEventListener('DOMContentLoaded', () => {
      setTimeout(() => {
        throw new Error(`GET ${signed} failed`);
      });
      void Promise.reject(new Error(`HEAD ${signed} failed`));
    });
  }, `https://reader:${secrets.plant('password in an error of the page')}@files.example.org/a?X-Amz-Signature=${secrets.plant('signature in an error of the page')}`);
  const dashboard = new Dashboard(page, api);
  await dashboard.open(`/?access_token=${secrets.plant('token in the address of the page')}#id_token=${secrets.plant('token behind the address of the page')}`);

  await dashboard.ask(sourceFiles.whole);
  await expect(dashboard.row(/report 1001.*, ready/)).toBeVisible();
  const saving = page.waitForEvent('download');
  await page.getByRole('link', { name: /^Download / }).click();
  await (await saving).path();
  for (const file of [sourceFiles.refused, sourceFiles.broken, sourceFiles.half]) await dashboard.ask(file);
  await expect(dashboard.row(/failed/)).toHaveCount(3);
  await dashboard.row(/failed/).first().getByRole('button', { name: /^Try again/ }).click();
  await page.getByRole('button', { name: /^Details/ }).first().click();
  await page.keyboard.press('Escape');
  await sentry.until(({ tags }) => tags?.['kind'] === 'error');

  const headers = {
    authorization: `Bearer ${secrets.plant('token in a header')}`,
    cookie: `session=${secrets.plant('cookie of a client')}`,
    'x-api-key': secrets.plant('key in a header'),
    'x-request-id': `${secrets.plant('token in a request id')} `.repeat(3).trim(),
    baggage: `token=${secrets.plant('token in the baggage')}`,
    'user-agent': secrets.plant('token in the user agent'),
  };
  const post = (path: string, body: string) => fetch(address + path, { method: 'POST', headers: { ...headers, 'content-type': 'application/json' }, body });
  const follow = (path: string, method = 'GET') => fetch(address + path, { method, headers, redirect: 'manual' });
  const asked = (await (await post(downloadPaths.initiate(), JSON.stringify({ file_id: sourceFiles.whole, password: secrets.plant('password in a body') }))).json()) as InitiateResponse;
  await post(downloadPaths.initiate(), JSON.stringify({ file_id: 1, callbackUrl: `https://example.org/?token=${secrets.plant('token of a callback')}` }));
  await post(downloadPaths.initiate(), `{ "file_id": "${secrets.plant('what is no number')}" }`);
  await post(downloadPaths.initiate(), `{ "${secrets.plant('broken JSON')}`);
  await follow(`${filesPath}?query=x&api_key=${secrets.plant('key in a query')}`);
  await follow(`/v1/nowhere?token=${secrets.plant('token in a query')}`);
  await expect.poll(async () => ((await (await follow(downloadPaths.status(asked.jobId))).json()) as { status: string }).status).toBe('completed');
  for (const method of ['GET', 'HEAD']) {
    const link = (await follow(downloadPaths.download(asked.jobId), method)).headers.get('location')!;
    secrets.addLink(`link for ${method}`, link);
    expect((await fetch(link, { method })).status).toBe(200);
    expect((await fetch(link.replace(/ignature=../, 'ignature=xx'), { method })).status).toBe(403);
  }
  await follow(downloadPaths.download(asked.jobId), 'DELETE');
}

/** Everywhere something was told, after the session and the end of the program. Each has told of this job. */
async function everyPlace(page: Page, scene: Scene): Promise<Record<string, string>> {
  const { api, processes, collector, sentry, records } = scene;
  await wholeSession(page, scene);
  const places: Record<string, string> = {
    metrics: (await Promise.all(processes.map(metricsOf))).join('\n'),
    'browser storage': await storageOf(page),
    'answers about jobs': await (await fetch(`${api.address}${downloadPaths.statuses()}?ids=${(await jobIdsOf(page)).join()}`)).text(),
  };
  await collector.until((spans) => spans.find(({ name }) => name === 'poll'));
  await page.goto('about:blank');
  for (const program of processes) expect(await program.end('SIGTERM')).toBe(0);
  return { ...places, log: processes.map(({ output }) => output).join('\n'), spans: collector.requests.map(({ body }) => body).join('\n'), reports: sentry.bodies.join('\n'), records: records() };
}

const jobIdsOf = (page: Page) => page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith('job_')).map((key) => key.slice(4)));

async function expectNoSecret(page: Page, scene: Scene): Promise<void> {
  const places = await everyPlace(page, scene);
  const { secrets, collector, sentry } = scene;
  // That nothing is found there means something only where something was told.
  for (const [place, text] of Object.entries(places)) expect(text, place).toMatch(place === 'metrics' ? /^delineate_jobs_settled_total\{outcome="failed"\} [1-9]/m : /dl_[\w-]{22}/);
  expect(new Set(collector.spans.map(({ resource }) => resource['service.name'])).size).toBe(2);
  expect(sentry.events.map(({ tags }) => tags?.['errorCode'] ?? tags?.['kind'])).toEqual(expect.arrayContaining(['source-unavailable', 'error', 'rejection']));
  expect([...collector.complaints, ...sentry.complaints]).toEqual([]);
  expect(secrets.names.filter((name) => name.includes('link')).length).toBeGreaterThan(2);
  expect(secrets.foundIn(places)).toEqual([]);
}

/** The whole of a file or of a folder, save finished files, and what the links are signed with. */
function keptIn(dataDir: string): string {
  const files = readdirSync(dataDir, { withFileTypes: true }).filter((entry) => entry.isFile() && entry.name !== 'link-secret');
  return files.map(({ name }) => readFileSync(join(dataDir, name), 'latin1')).join('\n');
}

test('no secret of a whole session is anywhere, in one process', async ({ page }) => {
  test.setTimeout(120_000);
  await using opened = new AsyncDisposableStack();
  const { environment, ...scene } = await aScene(opened);
  const api = opened.use(await ProgramProcess.start(environment));
  scene.secrets.add('what links are signed with', readFileSync(join(api.dataDir, 'link-secret'), 'latin1').trim());
  await expectNoSecret(page, { ...scene, api, processes: [api], records: () => keptIn(api.dataDir) });
});

test('no secret of a whole session is anywhere, in many processes over Redis and S3', async ({ page }) => {
  test.skip(!isCi() && !['redis-server', 'radosgw'].every(isInstalled), 'needs redis-server and radosgw: npm test installs them, or says how');
  test.setTimeout(180_000);
  await using opened = new AsyncDisposableStack();
  const { environment, ...scene } = await aScene(opened);
  const password = scene.secrets.plant('password of Redis');
  const redis = opened.adopt(new RedisProcess({ requirepass: password }), (one) => one.stop());
  const gateway = opened.use(new ObjectGateway());
  await Promise.all([redis.start(), gateway.start()]);
  scene.secrets.add('key of S3', gateway.keys.secretAccessKey);
  scene.secrets.add('name of the key of S3', gateway.keys.accessKeyId);
  const shared = {
    ...environment,
    REDIS_URL: `redis://:${password}@127.0.0.1:${redis.port}`,
    S3_ENDPOINT: gateway.endpoint,
    S3_ACCESS_KEY_ID: gateway.keys.accessKeyId,
    S3_SECRET_ACCESS_KEY: gateway.keys.secretAccessKey,
  };
  const run = async (ROLE: 'api' | 'worker') => opened.use(await ProgramProcess.start({ ...shared, ROLE }));
  const [api, worker] = await Promise.all([run('api'), run('worker')]);
  await expectNoSecret(page, { ...scene, api, processes: [api, worker], records: () => redis.written });
});

test('a secret is found in whatever spelling, wherever it stands', () => {
  const secrets = new Secrets();
  const text = 'p/ss+w"rd of the service';
  secrets.add('it', text);
  const spellings = [text, encodeURIComponent(text), JSON.stringify(text), ...['', 'a', 'ab', 'user:'].map((before) => Buffer.from(before + text).toString('base64'))];
  expect(spellings.map((place) => secrets.foundIn({ log: `before ${place} behind` }))).toEqual(spellings.map(() => ['it in log']));
  expect(secrets.foundIn({ log: 'p/ss' })).toEqual([]);
});

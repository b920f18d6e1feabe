import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { downloadPaths } from '#shared/download-api.ts';
import { jobSchema } from '#shared/job.ts';
import { isCi } from '../scripts/is-ci.ts';
import { isInstalled } from '../server/testing/is-installed.ts';
import { NginxProcess } from '../server/testing/nginx-process.ts';
import { RedisProcess } from '../server/testing/redis-process.ts';
import { ProgramProcess } from './support/program-process.ts';
import { Dashboard, test, expect } from './support/story.ts';

const minuteMs = 60_000;

test('a file that takes a minute comes through an nginx that gives up after 5 s', async ({ page }) => {
  test.skip(!isCi() && !['nginx', 'redis-server'].every(isInstalled), 'needs nginx and redis-server: npm test installs them, or says how');
  test.setTimeout(4 * minuteMs);
  await using opened = new AsyncDisposableStack();
  const redis = opened.adopt(new RedisProcess(), (one) => one.stop());
  await redis.start();
  const shared = {
    REDIS_URL: redis.url,
    DATA_DIR: test.info().outputPath('data'),
    DOWNLOAD_DELAY_MIN_MS: String(minuteMs),
    DOWNLOAD_DELAY_MAX_MS: String(minuteMs),
    LOG_LEVEL: 'warn',
  };
  const run = async (ROLE: 'api' | 'worker') => opened.use(await ProgramProcess.start({ ...shared, ROLE }));
  const [first, second] = await Promise.all([run('api'), run('api'), run('worker')]);
  const nginx = opened.adopt(new NginxProcess([first.port, second.port]), (one) => one.stop());
  await nginx.start();

  const answers: { readonly url: string; readonly status: number }[] = [];
  page.on('response', (answer) => answers.push({ url: answer.url(), status: answer.status() }));
  const dashboard = new Dashboard(page);
  await dashboard.open(nginx.address);
  const askedAt = Date.now();
  await dashboard.ask(70_412);
  await expect(dashboard.row(/preparing/i)).toBeVisible();
  await expect(dashboard.row(/, ready/)).toBeVisible({ timeout: 3 * minuteMs });
  expect(Date.now() - askedAt).toBeGreaterThan(minuteMs);

  const saving = page.waitForEvent('download');
  await page.getByRole('link', { name: /^Download / }).click();
  const bytes = await readFile(await (await saving).path());
  const jobId = (await page.evaluate(() => Object.keys(localStorage).find((key) => key.startsWith('job_'))))!.slice('job_'.length);
  const job = jobSchema.parse(await (await fetch(second.address + downloadPaths.status(jobId))).json());
  expect(createHash('sha256').update(bytes).digest('hex')).toBe(job.result.sha256);

  expect(answers.filter(({ status }) => status >= 400)).toEqual([]);
  expect(answers.filter(({ url }) => url.includes(downloadPaths.statuses())).length).toBeGreaterThan(3);
  for (const { port } of [first, second]) expect(nginx.log).toContain(` 127.0.0.1:${port} `);
});

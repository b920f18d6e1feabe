import { cpus, loadavg } from 'node:os';
import { chromium, type Browser, type Page } from 'playwright';
import { downloadPaths } from '#shared/download-api.ts';
import { chromiumLaunch } from '../../e2e/support/chromium-launch.ts';
import { ProgramProcess } from '../../e2e/support/program-process.ts';
import { watchMainThread, type MainThread } from './main-thread.ts';
import { ThousandJobs } from './thousand-jobs.ts';

const restMs = 4000;
const watchMs = 12_000;
const stepEveryMs = 1000;

interface Case {
  active: number;
  /** How far apart they were asked for: far apart makes a list of many days. */
  everyMs: number;
}

const cases: readonly Case[] = [
  { active: 10, everyMs: 60_000 },
  { active: 10, everyMs: 8 * 3_600_000 },
  { active: 1000, everyMs: 60_000 },
];

/**
 * How smooth a list of 1,000 jobs is in Chromium while ten of them change each second: what the main thread of the built page
 * does while somebody looks, and while somebody scrolls and walks along it by keys. The server's answers are made up here.
 */
async function measure(browser: Browser, address: string, { active, everyMs }: Case): Promise<void> {
  const jobs = new ThousandJobs(active, everyMs);
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  await page.route(
    (url) => url.pathname === downloadPaths.statuses(),
    (route) => {
      const ids = new Set(new URL(route.request().url()).searchParams.get('ids')?.split(','));
      return route.fulfill({ json: { jobs: jobs.jobs.filter(({ jobId }) => ids.has(jobId)), missing: [], nextPollInMs: 1000 } });
    },
  );
  await page.addInitScript((kept) => {
    if (localStorage.length < 1000) for (const [key, value] of Object.entries(kept)) localStorage.setItem(key, value);
  }, jobs.kept());
  await page.goto(address);
  await page.getByRole('listitem').first().waitFor();
  await page.waitForTimeout(restMs);
  const steps = setInterval(() => jobs.step(), stepEveryMs);
  const looking = await watchMainThread(browser, page, () => page.waitForTimeout(watchMs));
  const moving = await watchMainThread(browser, page, () => moveAbout(page));
  const drawn = await page.getByRole('listitem').count();
  clearInterval(steps);
  await context.close();
  say(`1,000 jobs, ${active} of them under way, 10 change each second, asked for over ${(everyMs / 86_400).toFixed(1)} days (${drawn} rows drawn)`);
  say(line('looking on', looking));
  say(line('scrolling, walking by keys', moving));
}

async function moveAbout(page: Page): Promise<void> {
  const until = Date.now() + watchMs;
  await page.mouse.move(600, 500);
  for (let round = 0; Date.now() < until; round++) {
    await page.mouse.wheel(0, round % 20 < 10 ? 700 : -700);
    await page.waitForTimeout(60);
    await page.keyboard.press('j');
  }
}

function line(what: string, { longestMs, longestCpuMs, long, longByCpu, busyShare }: MainThread): string {
  const longest = `longest task ${longestMs.toFixed(0).padStart(4)} ms (${longestCpuMs.toFixed(0).padStart(3)} ms of processor time)`;
  return `  ${what.padEnd(28)} ${longest}   over 50 ms: ${long} (${longByCpu})   busy ${(busyShare * 100).toFixed(0)} %`;
}

const say = (text: string) => process.stdout.write(`${text}\n`);

await using program = await ProgramProcess.start({ LOG_LEVEL: 'warn' });
const browser = await chromium.launch(chromiumLaunch);
say(`Chromium ${browser.version()}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}, load ${loadavg()[0]?.toFixed(1)}`);
for (const one of cases) await measure(browser, program.address, one);
await browser.close();

import { execFile, execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { chromiumLaunch } from '../e2e/support/chromium-launch.ts';
import { ProgramProcess } from '../e2e/support/program-process.ts';

const folder = resolve(import.meta.dirname, 'lighthouse');
const reports = resolve(import.meta.dirname, '../test-results/lighthouse');
const rounds = 3;

/** What is promised of each category, on the profile of a slow phone. */
const least: Record<string, number> = { performance: 95, accessibility: 100, 'best-practices': 100, seo: 100 };

interface Report {
  categories: Record<string, { title: string; score: number | null; auditRefs: { id: string; weight: number }[] }>;
  audits: Record<string, { title: string; score: number | null; displayValue?: string }>;
}

/**
 * Looks at the built dashboard with Lighthouse, three times, and tells the middle score of each category and what fell
 * short. Lighthouse lives in a folder of its own: it is no dependency of the program, and is installed when first wanted.
 */
if (!existsSync(join(folder, 'node_modules'))) execFileSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: folder, stdio: 'inherit' });
await mkdir(reports, { recursive: true });
await using program = await ProgramProcess.start({ LOG_LEVEL: 'silent' });
const seen: Report[] = [];
for (let round = 1; round <= rounds; round++) seen.push(await look(program.address, join(reports, `round-${round}`)));

for (const [id, wanted] of Object.entries(least)) {
  const scores = seen.map((report) => Math.round((report.categories[id]?.score ?? 0) * 100)).toSorted((a, b) => a - b);
  const middle = scores[Math.floor(rounds / 2)]!;
  say(`${seen[0]!.categories[id]!.title.padEnd(16)} ${middle}  (${scores.join(', ')}; at least ${wanted})`);
  if (middle < wanted) process.exitCode = 1;
}
const last = seen.at(-1)!;
for (const id of ['first-contentful-paint', 'largest-contentful-paint', 'total-blocking-time', 'cumulative-layout-shift', 'speed-index']) {
  say(`${last.audits[id]!.title.padEnd(26)} ${last.audits[id]!.displayValue}`);
}
for (const { title, auditRefs } of Object.values(last.categories)) {
  for (const { id, weight } of auditRefs) {
    const { score, title: audit, displayValue = '' } = last.audits[id]!;
    if (weight > 0 && score !== null && score < 0.9) say(`${title}: ${audit} ${displayValue}`);
  }
}
say(`The reports are in ${reports}.`);

/** One look, with its own browser, as a phone on a slow network sees it. */
async function look(address: string, path: string): Promise<Report> {
  const { executablePath: CHROME_PATH, args = [] } = chromiumLaunch;
  const cli = join(folder, 'node_modules/lighthouse/cli/index.js');
  const options = ['--quiet', '--output=json', '--output=html', `--output-path=${path}`, `--chrome-flags=${['--headless=new', ...args].join(' ')}`];
  await promisify(execFile)(process.execPath, [cli, address, ...options], { env: { ...process.env, CHROME_PATH } });
  return JSON.parse(await readFile(`${path}.report.json`, 'utf8')) as Report;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

import { gzipSync } from 'node:zlib';
import { chromium, type Browser, type Request } from 'playwright';
import { chromiumLaunch } from '../../e2e/support/chromium-launch.ts';

/** Scripts of a first visit, packed by gzip, in bytes. */
export interface FirstLoad {
  /** What was asked for when the list is drawn and New download answers. */
  readonly first: number;
  /** What came besides, within a while. */
  readonly later: number;
}

const whileMs = 8000;

/** What a browser that was never here before loads of the page, and when. */
export async function firstLoad(address: string): Promise<FirstLoad> {
  const browser = await chromium.launch(chromiumLaunch);
  try {
    return await visit(browser, address);
  } finally {
    await browser.close();
  }
}

async function visit(browser: Browser, address: string): Promise<FirstLoad> {
  const page = await browser.newPage();
  const sizes = new Map<string, Promise<number>>();
  page.on('request', (request) => {
    if (request.resourceType() === 'script') sizes.set(request.url(), packedSize(request));
  });
  await page.goto(address);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.keyboard.press('n');
  await page.getByRole('option').first().waitFor();
  const first = sum(await Promise.all(sizes.values()));
  await page.waitForTimeout(whileMs);
  return { first, later: sum(await Promise.all(sizes.values())) - first };
}

/** What is still on its way counts as well. */
async function packedSize(request: Request): Promise<number> {
  const response = await request.response();
  return gzipSync(await response!.body(), { level: 9 }).length;
}

function sum(sizes: readonly number[]): number {
  return sizes.reduce((total, size) => total + size, 0);
}

import type { BrowserContext, Page, Request } from '@playwright/test';
import { downloadPaths } from '#shared/download-api.ts';

const isPoll = (request: Request) => new URL(request.url()).pathname === downloadPaths.statuses();
const isAsking = (request: Request) => request.method() === 'POST' && new URL(request.url()).pathname === downloadPaths.initiate();

/** Counts what each tab of a browser asks the server. */
export function watchTraffic(context: BrowserContext) {
  const polls = new Map<Page, number>();
  let asked = 0;
  context.on('request', (request) => {
    const page = request.frame().page();
    if (isPoll(request)) polls.set(page, (polls.get(page) ?? 0) + 1);
    if (isAsking(request)) asked++;
  });
  return {
    /** The tabs that have polled since the last reset. */
    pollers: () => [...polls.keys()],
    polls: (page: Page) => polls.get(page) ?? 0,
    asked: () => asked,
    reset: () => polls.clear(),
  };
}

/** Puts a tab out of sight or back: Chromium without a window shows all its tabs. */
export async function setHidden(page: Page, hidden: boolean): Promise<void> {
  await page.evaluate((isHidden) => {
    Object.defineProperty(document, 'hidden', { configurable: true, get: () => isHidden });
    Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => (isHidden ? 'hidden' : 'visible') });
    document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
  }, hidden);
}

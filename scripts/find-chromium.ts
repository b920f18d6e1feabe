import { existsSync } from 'node:fs';
import { chromium } from 'playwright';

const installed: Partial<Record<NodeJS.Platform, readonly string[]>> = {
  linux: ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/usr/bin/google-chrome-stable', '/snap/bin/chromium'],
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
  ],
};

export interface Places {
  readonly ownBrowser: string;
  readonly platform: NodeJS.Platform;
  readonly exists: (path: string) => boolean;
}

/** A browser for the tests: Playwright's own where it is installed, else one of this machine; null when there is none. */
export function findChromium(places: Partial<Places> = {}): string | null {
  const { ownBrowser = chromium.executablePath(), platform = process.platform, exists = existsSync } = places;
  return [ownBrowser, ...(installed[platform] ?? [])].find((path) => exists(path)) ?? null;
}

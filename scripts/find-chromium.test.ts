import { expect, it } from 'vitest';
import { findChromium } from './find-chromium.ts';

const ownBrowser = '/cache/chrome';

it("prefers Playwright's own browser, whose version fits it", () => {
  expect(findChromium({ ownBrowser, platform: 'linux', exists: () => true })).toBe(ownBrowser);
});

it('takes the one of the machine where Playwright has none', () => {
  expect(findChromium({ ownBrowser, platform: 'linux', exists: (path) => path === '/usr/bin/google-chrome' })).toBe('/usr/bin/google-chrome');
  expect(findChromium({ ownBrowser, platform: 'darwin', exists: (path) => path !== ownBrowser })).toContain('Google Chrome.app');
});

it('knows when there is none', () => {
  expect(findChromium({ ownBrowser, platform: 'linux', exists: () => false })).toBeNull();
  expect(findChromium({ ownBrowser, platform: 'aix', exists: (path) => path !== ownBrowser })).toBeNull();
});

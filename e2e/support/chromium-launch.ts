import type { LaunchOptions } from 'playwright';
import { findChromium } from '../../scripts/find-chromium.ts';

/** How the browser of the tests is started: without a sandbox, which root has none of, and calling nobody by itself. */
export const chromiumLaunch: LaunchOptions = {
  executablePath: findChromium() ?? '/usr/bin/chromium',
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
};

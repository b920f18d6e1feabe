import { test as base, expect } from '@playwright/test';
import { Dashboard } from './dashboard.ts';
import { ProgramProcess } from './program-process.ts';

/** What a story can be told with: the real program, and the dashboard as a person sees it. */
interface Story {
  /** Settings of the program that differ from quick preparations of the simulated source. */
  environment: NodeJS.ProcessEnv;
  program: ProgramProcess;
  dashboard: Dashboard;
}

export const test = base.extend<Story>({
  environment: [{}, { option: true }],
  program: async ({ environment }, use) => {
    const quick = { DOWNLOAD_DELAY_MIN_MS: '500', DOWNLOAD_DELAY_MAX_MS: '1500', DOWNLOAD_RETRY_BASE_MS: '200', LOG_LEVEL: 'warn' };
    await using program = await ProgramProcess.start({ ...quick, ...environment });
    await use(program);
  },
  dashboard: async ({ page, program }, use) => {
    const complaints: string[] = [];
    page.on('pageerror', (error) => complaints.push(String(error)));
    const dashboard = new Dashboard(page, program);
    await dashboard.open();
    await use(dashboard);
    expect(complaints, 'errors in the page').toEqual([]);
  },
});

export { Dashboard, expect };

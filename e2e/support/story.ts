import { test as base, expect, type Locator, type Page } from '@playwright/test';
import { ProgramProcess } from './program-process.ts';

/** What a story can be told with: the real program, and the dashboard as a person sees it. */
interface Story {
  /** Settings of the program that differ from quick preparations of the simulated source. */
  environment: NodeJS.ProcessEnv;
  program: ProgramProcess;
  dashboard: Dashboard;
}

/** The dashboard in words of what a person does with it. */
export class Dashboard {
  readonly page: Page;
  readonly #program: ProgramProcess | null;

  /** Without a program it is one that is open already. */
  constructor(page: Page, program: ProgramProcess | null = null) {
    this.page = page;
    this.#program = program;
  }

  async open(path = '/'): Promise<void> {
    await this.page.goto((this.#program?.address ?? '') + path);
  }

  /** Opens the dialog by its key, chooses each number, and prepares. */
  async ask(...fileIds: number[]): Promise<void> {
    await this.page.keyboard.press('n');
    const dialog = this.page.getByRole('dialog', { name: 'New download' });
    const search = dialog.getByRole('combobox');
    for (const fileId of fileIds) {
      await search.fill(String(fileId));
      await dialog.getByRole('option').filter({ hasText: `No. ${fileId}` }).click();
    }
    if (fileIds.length > 1) await dialog.getByText(`${fileIds.length} separate files`).click();
    await dialog.getByRole('button', { name: /^Prepare/ }).click();
    await expect(dialog).toBeHidden();
  }

  /** The row whose accessible name says this. */
  row(says: string | RegExp): Locator {
    return this.page.getByRole('listitem', { name: says });
  }

  /** The message at the bottom of the page. */
  get message(): Locator {
    return this.page.getByRole('group', { name: 'Message' });
  }

  get heading(): Locator {
    return this.page.getByRole('heading', { level: 1 });
  }
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

export { expect };

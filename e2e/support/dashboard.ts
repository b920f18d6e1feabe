import { expect, type Locator, type Page } from '@playwright/test';
import type { ProgramProcess } from './program-process.ts';

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

import type { Page } from '@playwright/test';

/** Has the page fail while it is drawn, from its next start on, until it shows that it did. */
export async function breakDrawing(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const real = document.getElementById.bind(document);
    document.getElementById = (id) => {
      if (id === 'messages' && !document.querySelector('.crash')) throw new Error('cannot draw');
      return real(id);
    };
  });
}

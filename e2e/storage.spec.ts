import type { Dashboard } from './support/story.ts';
import { test, expect } from './support/story.ts';

const forgetful = 'This browser cannot remember your downloads. Keep this page open until you have them.';

async function askAndSee(dashboard: Dashboard): Promise<void> {
  await dashboard.ask(54_321);
  await expect(dashboard.row(/, ready/)).toBeVisible();
}

test('a storage that somebody broke by hand gives a clear page, which works and mends it', async ({ dashboard }) => {
  const { page } = dashboard;
  await page.evaluate(() => {
    localStorage.setItem('job_torn', '{"asked":{"fileIds":[1');
    localStorage.setItem('job_null', 'null');
    localStorage.setItem('job_', '{}');
    localStorage.setItem('job_other', JSON.stringify({ place: 1, asked: 'x', job: [], lastPolled: 'yesterday' }));
    localStorage.setItem('intent_torn', '[]');
    localStorage.setItem('hidden_torn', '"never"');
    localStorage.setItem('theme', '{');
    localStorage.setItem('userId', '');
  });
  await page.reload();
  await expect(dashboard.heading).toContainText('Ask for a file.');
  await askAndSee(dashboard);
  const keys = await page.evaluate(() => Object.keys(localStorage).filter((key) => /^(?:job|intent|hidden)_/.test(key)));
  expect(keys).toHaveLength(1);
  expect(keys[0]).toMatch(/^job_dl_/);
});

test('a full storage is told once, in plain words, and everything works until the page is closed', async ({ dashboard }) => {
  const { page } = dashboard;
  await page.evaluate(() => {
    for (let size = 4_000_000; size >= 1; size = Math.floor(size / 2)) {
      for (let index = 0; index < 3; index++) {
        try {
          localStorage.setItem(`filling-${size}-${index}`, 'x'.repeat(size));
        } catch {
          break;
        }
      }
    }
  });
  await page.reload();
  await dashboard.ask(54_321);
  await expect(page.getByRole('group', { name: 'Message' })).toContainText(forgetful);
  await expect(dashboard.row(/, ready/)).toBeVisible();
  await page.getByRole('button', { name: 'Close message' }).click();
  await dashboard.ask(54_322);
  await expect(dashboard.heading).toHaveText('2 ready');
  await expect(page.getByText(forgetful)).toBeHidden();
});

test('so is a storage that is forbidden', async ({ dashboard }) => {
  const { page } = dashboard;
  await page.addInitScript(() => {
    Object.defineProperty(window, 'localStorage', {
      get: () => {
        throw new DOMException('The operation is insecure.', 'SecurityError');
      },
    });
  });
  await page.reload();
  await expect(dashboard.heading).toContainText('Ask for a file.');
  await dashboard.ask(54_321);
  await expect(page.getByRole('group', { name: 'Message' })).toContainText(forgetful);
  await expect(dashboard.row(/, ready/)).toBeVisible();
});

test('what is cleared elsewhere in the browser goes from the page, and what is written there shows', async ({ dashboard }) => {
  const { page } = dashboard;
  await askAndSee(dashboard);
  const other = await page.context().newPage();
  await other.goto(page.url());
  await expect(other.getByRole('listitem')).toHaveCount(1);
  const [key, value] = await other.evaluate(() => Object.entries<string>(localStorage).find(([name]) => name.startsWith('job_'))!);
  await other.evaluate((name) => localStorage.removeItem(name), key);
  await expect(page.getByRole('listitem')).toHaveCount(0);
  await other.evaluate(([name, item]) => localStorage.setItem(name!, item!), [key, value]);
  await expect(dashboard.row(/, ready/)).toBeVisible();
});

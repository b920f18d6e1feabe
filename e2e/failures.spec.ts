import { downloadPaths } from '#shared/download-api.ts';
import type { Page } from '@playwright/test';
import { SentryReceiver } from '../server/testing/sentry-receiver.ts';
import { axeFindings } from './support/axe-findings.ts';
import { breakDrawing } from './support/break-drawing.ts';
import { Dashboard, test as base, expect } from './support/story.ts';

const silent = 99_999_904;

/** The dashboard of a program that has its errors reported, and where they arrive. */
const test = base.extend<{ sentry: SentryReceiver; quiet: Dashboard }>({
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads there what a fixture needs
  sentry: async ({}, use) => {
    await using sentry = await SentryReceiver.start();
    await use(sentry);
    expect(sentry.complaints).toEqual([]);
  },
  environment: async ({ sentry }, use) => use({ BROWSER_SENTRY_DSN: sentry.dsn, DOWNLOAD_MAX_ATTEMPTS: '1' }),
  // Its errors are what these stories are about.
  quiet: async ({ page, program, sentry }, use) => {
    const told: string[] = [];
    page.on('request', (request) => {
      if (request.url().startsWith(new URL(sentry.dsn).origin)) told.push(...Object.keys(request.headers()));
    });
    await watchPolicy(page);
    await use(new Dashboard(page, program));
    expect(await violations(page)).toEqual([]);
    expect(told.filter((name) => /^(?:traceparent|tracestate|baggage|sentry-trace|cookie)$/.test(name))).toEqual([]);
  },
});

async function watchPolicy(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const seen: string[] = [];
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => seen.push(`${violatedDirective} ${blockedURI}`));
    Object.assign(window, { violations: seen });
  });
}

const violations = (page: Page) => page.evaluate(() => (window as unknown as { violations: string[] }).violations);

test('an error and a rejection from before the part that reports has come arrive', async ({ quiet, sentry }) => {
  await quiet.page.addInitScript(() => {
    document.addEventListener('DOMContentLoaded', () => {
      setTimeout(() => {
        throw new Error('thrown early');
      });
      void Promise.reject(new Error('rejected early'));
    });
  });
  await quiet.open();
  for (const value of ['thrown early', 'rejected early']) {
    const event = await sentry.until(({ exception }) => exception?.values?.some((one) => one.value === value) ?? false);
    expect(event.release).toMatch(/^delineate-downloads@\d+\.\d+\.\d+\+[\da-f]{12}$/);
    expect(event.tags?.['trace_id']).toMatch(/^[\da-f]{32}$/);
    expect(event.contexts?.trace?.trace_id).toBe(event.tags?.['trace_id']);
  }
});

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });

    test('a page that fails says so, offers the way back, and takes down what somebody saw', async ({ quiet, sentry }) => {
      const { page } = quiet;
      await breakDrawing(page);
      await quiet.open();
      await expect(page.getByRole('alert')).toContainText('This page has stopped working.');
      const event = await sentry.until(({ exception }) => exception?.values?.some(({ value }) => value === 'cannot draw') ?? false);
      expect(event.tags?.['kind']).toBe('caught');
      await expect(page.getByText(String(event.tags?.['trace_id']))).toBeVisible();
      expect(await axeFindings(page)).toEqual([]);

      await page.getByRole('button', { name: 'Tell us what happened' }).click();
      const dialog = page.getByRole('dialog', { name: 'Tell us what happened' });
      await expect(dialog.getByRole('textbox', { name: /What did you do/ })).toBeFocused();
      expect(await axeFindings(page)).toEqual([]);
      await page.keyboard.type('I opened the page.');
      await dialog.getByRole('button', { name: 'Send' }).click();
      await expect(dialog.getByText(/^It has arrived/)).toBeVisible();
      const feedback = await sentry.until(({ type }) => type === 'feedback');
      expect(feedback.contexts?.['feedback']).toMatchObject({ message: 'I opened the page.', associated_event_id: event.event_id });
      expect(feedback.tags?.['trace_id']).toBe(event.tags?.['trace_id']);
      expect(await axeFindings(page)).toEqual([]);

      await dialog.getByRole('button', { name: 'Close' }).first().click();
      await page.addInitScript(() => delete (document as Partial<Document>).getElementById);
      await page.getByRole('button', { name: 'Reload' }).click();
      await expect(quiet.heading).toContainText('Ask for a file.');
    });
  });
}

test('what a person did and the service broke over is reported under the trace of the request; a refusal is not', async ({ quiet, sentry }) => {
  const { page } = quiet;
  await quiet.open();
  await quiet.ask(silent);
  await expect(quiet.row(/, preparing/)).toBeVisible();
  const traceparents: string[] = [];
  const answers = [409, 500];
  await page.route(`**${downloadPaths.cancel('*')}`, async (route) => {
    traceparents.push((await route.request().headerValue('traceparent')) ?? '');
    const status = answers.shift()!;
    const code = status === 409 ? 'job-settled' : 'internal';
    const json = { type: `/docs#${code}`, title: code, status, detail: 'Lost annual-accounts.pdf', code, requestId: 'r', traceId: 't' };
    await route.fulfill({ status, json, contentType: 'application/problem+json' });
  });
  for (const answered of [1, 2]) {
    await page.getByRole('button', { name: /^Cancel / }).click();
    await expect.poll(() => traceparents.length).toBe(answered);
    await expect(page.getByRole('button', { name: /^Cancel / })).toBeEnabled();
  }
  const event = await sentry.until(({ tags }) => tags?.['kind'] === 'cancel');
  const jobId = await page.evaluate(() => Object.keys(localStorage).find((key) => key.startsWith('job_'))?.slice(4));
  expect(event.tags).toMatchObject({ errorCode: 'internal', jobId, trace_id: traceparents[1]?.split('-')[1] });
  expect(event.breadcrumbs?.map(({ message }) => message)).toContain('download-initiate');
  expect(sentry.events).toHaveLength(1);
  expect(sentry.bodies.join('\n')).not.toMatch(/annual-accounts|userId|ids=/);
});

test('the details of a failed download take down what somebody saw of it, with its trace', async ({ quiet, sentry }) => {
  const { page } = quiet;
  await quiet.open();
  await quiet.ask(99_999_902);
  await page.getByRole('button', { name: /^Details/ }).click();
  await page.getByRole('button', { name: 'Tell us what happened' }).click();
  const dialog = page.getByRole('dialog', { name: 'Tell us what happened' });
  await dialog.getByRole('textbox', { name: /What did you do/ }).fill('I am allowed to read it.');
  await dialog.getByRole('textbox', { name: /email/ }).fill('ada@example.org');
  await dialog.getByRole('button', { name: 'Send' }).click();
  await expect(dialog.getByText(/^It has arrived/)).toBeVisible();
  const feedback = await sentry.until(({ type }) => type === 'feedback');
  expect(feedback.contexts?.['feedback']).toMatchObject({ message: 'I am allowed to read it.', contact_email: 'ada@example.org' });
  expect(feedback.tags?.['errorCode']).toBe('source-forbidden');
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  const details = page.getByRole('dialog');
  await expect(details.getByText(String(feedback.tags?.['trace_id']))).toBeVisible();
  await details.getByRole('button', { name: 'Copy Trace id' }).click();
  await expect(page.getByRole('group', { name: 'Message' })).toContainText(/Trace id/);
});

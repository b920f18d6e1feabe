import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { everydayService } from '../staged/everyday-service.ts';
import { everydayJobs } from '../staged/staged-list.ts';
import { stagedTime } from '../staged/staged-jobs.ts';
import { stageMemory } from '../staged/staged-memory.ts';
import { stageService } from '../staged/staged-service.ts';
import { ProgramProcess } from '../support/program-process.ts';
import { Dashboard, test as base, expect } from '../support/story.ts';
import { dialogScenes } from './dialog-scenes.ts';
import { drawerScenes } from './drawer-scenes.ts';
import { listScenes } from './list-scenes.ts';
import { screens, type Scene, type Screen } from './scene.ts';
import { troubleScenes } from './trouble-scenes.ts';

const folder = resolve(import.meta.dirname, '../../test-results/gallery');

/** Enough to see each colour and each thing that moves. */
const inOtherMedia = new Set(['every state of a row', 'three selected', 'drawer failed', 'dialog with three files as one ZIP']);

/** One program gives the page for all pictures of a worker; what it would say about downloads is staged. */
const test = base.extend<object, { stagehand: ProgramProcess }>({
  stagehand: [
    async ({ browserName: _browserName }, use) => {
      await using program = await ProgramProcess.start({ LOG_LEVEL: 'silent' });
      await use(program);
    },
    { scope: 'worker' },
  ],
});

// The pictures are what is kept; a trace of each would take longer than taking them.
test.use({ timezoneId: 'UTC', trace: 'off', screenshot: 'off' });

for (const scene of [...listScenes, ...drawerScenes, ...dialogScenes, ...troubleScenes]) {
  for (const screen of screens) {
    test(`${scene.shows}, ${screen.width} px wide: a picture in which axe finds nothing`, async ({ page, stagehand }) => {
      await play(scene, screen, new Dashboard(page, stagehand));
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        await picture(page, `${screen.width}-${colorScheme}`, scene.shows);
        expect.soft(await findings(page, colorScheme === 'dark' ? colourRules : null), colorScheme).toEqual([]);
      }
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(overflow, 'wider than the window').toBeLessThanOrEqual(0);
      expect(await page.evaluate(rowsOverTheDock), 'painted over the docked button').toEqual([]);
    });
  }
}

for (const [kind, media] of Object.entries({ 'forced-colours': { forcedColors: 'active' }, 'reduced-motion': { reducedMotion: 'reduce' } } as const)) {
  for (const scene of [...listScenes, ...drawerScenes, ...dialogScenes].filter(({ shows }) => inOtherMedia.has(shows))) {
    test(`${scene.shows} with ${kind}: a picture in which axe finds nothing, and nothing moves`, async ({ page, stagehand }) => {
      await page.emulateMedia(media);
      await play(scene, screens[0]!, new Dashboard(page, stagehand));
      await picture(page, kind, scene.shows);
      // Forced colours are the reader's own, and axe takes those for ours that they replace.
      const found = await findings(page, null);
      expect(kind === 'forced-colours' ? found.filter((line) => !line.startsWith('color-contrast')) : found).toEqual([]);
      if (kind === 'reduced-motion') expect(await page.evaluate(movements)).toEqual([]);
    });
  }
}

/** Parts of rows that lie over New download where it is docked; a row's menu may. */
function rowsOverTheDock(): string[] {
  const dock = document.querySelector('.dock .button')?.getBoundingClientRect();
  if (!dock || dock.width === 0) return [];
  const points = [0.05, 0.25, 0.5, 0.75, 0.95].flatMap((part) => [0.1, 0.5, 0.9].map((down) => [dock.left + dock.width * part, dock.top + dock.height * down] as const));
  const hit = points.flatMap(([x, y]) => document.elementFromPoint(x, y) ?? []);
  return hit.flatMap((element) => (element.closest('[popover]') ? [] : (element.closest('.row')?.getAttribute('aria-label') ?? [])));
}

/** What goes on moving in a picture; fades are no movement. */
function movements(): string[] {
  const moving = ['transform', 'translate', 'scale', 'rotate', 'left', 'width', 'backgroundPositionX'];
  const animations = document.getAnimations().filter(({ effect }) => effect instanceof KeyframeEffect && effect.getKeyframes().some((frame) => moving.some((name) => name in frame)));
  return animations.map((animation) => (animation instanceof CSSAnimation ? animation.animationName : animation.id));
}

async function play(scene: Scene, screen: Screen, dashboard: Dashboard): Promise<void> {
  const { page } = dashboard;
  const { jobs = everydayJobs, service, memory, path, height = screen.height } = scene;
  await page.setViewportSize({ width: screen.width, height });
  await page.clock.setFixedTime(stagedTime);
  await stageMemory(page, { jobs, besides: {}, intents: [], others: {}, ...memory });
  await stageService(page, { ...everydayService, jobs, ...service });
  await dashboard.open(path);
  await expect(dashboard.heading).toBeVisible();
  await page.evaluate(() => document.fonts.ready);
  await scene.play?.(dashboard, screen);
}

async function picture(page: Page, kind: string, shows: string): Promise<void> {
  await mkdir(join(folder, kind), { recursive: true });
  await page.screenshot({ path: join(folder, kind, `${shows.replaceAll(' ', '-')}.png`), animations: 'disabled' });
}

/** Light and dark differ in nothing but colours: what else axe looks for is found in the light. */
const colourRules = ['color-contrast', 'link-in-text-block'];

/** What axe finds, in one line each. Without its blank second page, which takes longer than looking. */
async function findings(page: Page, rules: string[] | null): Promise<string[]> {
  const axe = new AxeBuilder({ page }).setLegacyMode();
  const { violations } = await (rules === null ? axe : axe.withRules(rules)).analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}

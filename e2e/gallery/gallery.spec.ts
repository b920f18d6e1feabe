import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Page } from '@playwright/test';
import { everydayService } from '../staged/everyday-service.ts';
import { everydayJobs } from '../staged/staged-list.ts';
import { stagedTime } from '../staged/staged-jobs.ts';
import { stageMemory } from '../staged/staged-memory.ts';
import { stageService } from '../staged/staged-service.ts';
import { axeFindings } from '../support/axe-findings.ts';
import { ProgramProcess } from '../support/program-process.ts';
import { Dashboard, test as base, expect } from '../support/story.ts';
import { dialogScenes } from './dialog-scenes.ts';
import { drawerScenes } from './drawer-scenes.ts';
import { failureScenes } from './failure-scenes.ts';
import { listScenes } from './list-scenes.ts';
import { screens, type Scene, type Screen } from './scene.ts';
import { troubleScenes } from './trouble-scenes.ts';

const folder = resolve(import.meta.dirname, '../../test-results/gallery');

/** Light and dark differ in nothing but colours: what else axe looks for is found in the light. */
const colourRules = ['color-contrast', 'link-in-text-block'];

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

const scenes = [...listScenes, ...drawerScenes, ...dialogScenes, ...troubleScenes, ...failureScenes];

// Loading the page takes longer than looking at it: each scene is played once, and then looked at in every width and colour.
for (const scene of scenes) {
  test(`${scene.shows}: in three widths, light and dark, axe finds nothing, and nothing is out of place`, async ({ page, stagehand }) => {
    const dashboard = new Dashboard(page, stagehand);
    await play(scene, dashboard);
    for (const screen of screens) {
      await pose(scene, dashboard, screen);
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        await picture(page, `${screen.width}-${colorScheme}`, scene);
        expect.soft(await axeFindings(page, colorScheme === 'dark' ? colourRules : null), `${screen.width} px, ${colorScheme}`).toEqual([]);
      }
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect.soft(overflow, `wider than a window of ${screen.width} px`).toBeLessThanOrEqual(0);
      expect.soft(await page.evaluate(rowsOverTheDock), 'painted over the docked button').toEqual([]);
      const heights = await page.evaluate(headlineHeights);
      if (heights) expect.soft(heights, 'the headline takes the same room, and says nothing beyond it').toEqual(screen.isPhone ? [86, 86] : [107, 107]);
    }
  });
}

for (const [kind, media] of Object.entries({ 'forced-colours': { forcedColors: 'active' }, 'reduced-motion': { reducedMotion: 'reduce' } } as const)) {
  for (const scene of scenes.filter(({ shows }) => inOtherMedia.has(shows))) {
    test(`${scene.shows} with ${kind}: a picture in which axe finds nothing, and nothing moves`, async ({ page, stagehand }) => {
      await page.emulateMedia(media);
      const dashboard = new Dashboard(page, stagehand);
      await play(scene, dashboard);
      await pose(scene, dashboard, screens[0]!);
      await picture(page, kind, scene);
      // Forced colours are the reader's own, and axe takes those for ours that they replace.
      const found = await axeFindings(page);
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

/** How high the headline block is, and how high all that it says would be. */
function headlineHeights(): [number, number] | null {
  const block = document.querySelector('.headline');
  return block && [block.clientHeight, block.scrollHeight];
}

/** What goes on moving in a picture; fades are no movement. */
function movements(): string[] {
  const moving = ['transform', 'translate', 'scale', 'rotate', 'left', 'width', 'backgroundPositionX'];
  const animations = document.getAnimations().filter(({ effect }) => effect instanceof KeyframeEffect && effect.getKeyframes().some((frame) => moving.some((name) => name in frame)));
  return animations.map((animation) => (animation instanceof CSSAnimation ? animation.animationName : animation.id));
}

/** Opens the page as the scene wants it, and does what a person does there. */
async function play(scene: Scene, dashboard: Dashboard): Promise<void> {
  const { page } = dashboard;
  const { jobs = everydayJobs, service, memory, path } = scene;
  await page.setViewportSize(sizeOf(scene, screens[0]!));
  await page.clock.setFixedTime(stagedTime);
  await stageMemory(page, { jobs, besides: {}, intents: [], others: {}, ...memory });
  await stageService(page, { ...everydayService, jobs, ...service });
  await dashboard.open(path);
  await expect(dashboard.heading).toBeVisible();
  await page.evaluate(() => document.fonts.ready);
  await scene.play?.(dashboard);
}

/** Gives the window this width, and does what has to be done again in each. */
async function pose(scene: Scene, dashboard: Dashboard, screen: Screen): Promise<void> {
  const { page } = dashboard;
  await page.setViewportSize(sizeOf(scene, screen));
  // Where the pointer was, something else lies now.
  if (screen !== screens[0]) await page.mouse.move(0, 0);
  await scene.pose?.(dashboard, screen);
}

const sizeOf = ({ height }: Scene, screen: Screen) => ({ width: screen.width, height: height ?? screen.height });

async function picture(page: Page, kind: string, { shows, early = false }: Scene): Promise<void> {
  await mkdir(join(folder, kind), { recursive: true });
  if (early) await page.evaluate(endTransitions);
  await page.screenshot({ path: join(folder, kind, `${shows.replaceAll(' ', '-')}.png`), animations: early ? 'allow' : 'disabled' });
}

/** Colours that are still on their way to those of the other scheme. */
function endTransitions(): void {
  for (const animation of document.getAnimations()) if (animation instanceof CSSTransition) animation.finish();
}

import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';

const alreadyThere = '0';

/** What axe finds in the page, in one line each; of all its rules, or of these. Colours are judged where they come to rest. */
export async function axeFindings(page: Page, rules: string[] | null = null): Promise<string[]> {
  const found = await look(page, rules);
  // Words that changed meanwhile have come to rest by the second look.
  return found.length === 0 ? found : look(page, rules);
}

/** Without a blank second page, and without reading axe itself anew each time: both take longer than looking. */
async function look(page: Page, rules: string[] | null): Promise<string[]> {
  const isThere = await page.evaluate(() => 'axe' in window);
  const axe = new AxeBuilder(isThere ? { page, axeSource: alreadyThere } : { page }).setLegacyMode().options({ resultTypes: ['violations'] });
  await page.evaluate(endFades);
  const { violations } = await (rules === null ? axe : axe.withRules(rules)).analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}

/** Brings to its end what has begun to move and will end; what is still to come, and what somebody holds, stays so. */
function endFades(): void {
  for (const animation of document.getAnimations()) {
    const { iterations, delay = 0 } = animation.effect?.getComputedTiming() ?? {};
    if (animation.playState === 'running' && iterations === 1 && Number(animation.currentTime) >= delay) animation.finish();
  }
}

import type { Page } from '@playwright/test';

interface LayoutShift extends PerformanceEntry {
  value: number;
  hadRecentInput: boolean;
  sources: { node: Node | null; previousRect: DOMRectReadOnly; currentRect: DOMRectReadOnly }[];
}

declare global {
  interface Window {
    layoutShifts: string[];
  }
}

/** Notes from now on what Chromium counts as a layout shift that nobody's hand caused, and what moved in it. */
export async function watchLayoutShifts(page: Page): Promise<() => Promise<string[]>> {
  await page.evaluate(() => {
    window.layoutShifts = [];
    const words = ({ node, previousRect, currentRect }: LayoutShift['sources'][number]) => {
      const name = node instanceof Element ? `${node.tagName}.${node.className}` : (node?.textContent ?? 'gone');
      return `${name} ${[previousRect, currentRect].map(({ x, y, width, height }) => [x, y, width, height].map(Math.round).join(' ')).join(' → ')}`;
    };
    new PerformanceObserver((list) => {
      for (const shift of list.getEntries() as LayoutShift[]) {
        if (!shift.hadRecentInput) window.layoutShifts.push(`${shift.value.toFixed(5)}: ${shift.sources.map(words).join(', ')}`);
      }
    }).observe({ type: 'layout-shift' });
  });
  return () => page.evaluate(() => window.layoutShifts);
}

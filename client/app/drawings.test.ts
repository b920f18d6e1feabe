import { expect, test } from 'vitest';
import { activeStates, endStates } from '../downloads/row-state.ts';
import { systemWords } from '../health/system-state.ts';
import drawings from '../ui/drawings.svg?raw';
import { themes } from '../ui/theme.ts';

const sources: Record<string, string> = import.meta.glob('../**/*.{ts,tsx}', { query: '?raw', import: 'default', eager: true });

test('every drawing that the page refers to lies in it, and none besides', () => {
  const named = Object.values(sources).flatMap((source) => source.match(/(?<=(?:Shape =|ok:|degraded:|error:) ')icon-[a-z-]+/g) ?? []);
  const composed = [
    ...[...activeStates, ...endStates].map((state) => `glyph-${state}`),
    ...Object.keys(systemWords).map((state) => `icon-system-${state}`),
    ...themes.map((theme) => `icon-theme-${theme}`),
  ];
  expect(new Set(drawings.match(/(?<=id=")[^"]+/g))).toEqual(new Set([...named, ...composed]));
});

import { expect, test } from 'vitest';
import { suggestArchiveName } from './archive-name.ts';

test.each([
  [['coastal-survey-2024.gpkg', 'coastal-survey-2025.gpkg'], 'coastal-survey'],
  [['harbour-survey-orthophoto.tif', 'harbour-survey-report.pdf', 'coastal-survey-2025.gpkg'], 'harbour-survey'],
  [['report.pdf', 'report.csv'], 'report'],
  [['a.txt', 'b.txt'], 'downloads'],
  [['', ''], 'downloads'],
])('names the ZIP of %j %s', (names, name) => {
  expect(suggestArchiveName(names.map((fileName) => ({ fileName })))).toBe(name);
});

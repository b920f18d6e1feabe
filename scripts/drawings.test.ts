import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const client = join(import.meta.dirname, '../client');

test('every drawing that the page refers to lies in it, and none besides', () => {
  const sources = readdirSync(client, { recursive: true, encoding: 'utf8' }).filter((name) => /\.tsx?$/.test(name));
  const references = /(?<=(?:Shape =|shape:) ')(?:icon|glyph)-[a-z-]+/g;
  const used = new Set(sources.flatMap((name) => readFileSync(join(client, name), 'utf8').match(references) ?? []));
  const drawn = readFileSync(join(client, 'ui/drawings.svg'), 'utf8').match(/(?<=id=")[^"]+/g);
  expect(new Set(drawn)).toEqual(used);
});

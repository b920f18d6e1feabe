import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { expect, it } from 'vitest';
import { readConfig } from '../server/config.ts';
import { environmentSchema } from '../server/environment.ts';

const text = await readFile(join(import.meta.dirname, '../.env.example'), 'utf8');

it('.env.example says what is so without it', () => {
  expect(readConfig(parseEnv(text))).toEqual(readConfig({}));
});

it('.env.example names every variable of the program', () => {
  const named = new Set([...text.matchAll(/^#?([A-Z][A-Z0-9_]+)=/gm)].map(([, name]) => name));
  expect(Object.keys(environmentSchema.shape).filter((name) => !named.has(name))).toEqual([]);
});

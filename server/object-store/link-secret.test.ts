import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, expect, it } from 'vitest';
import { keepLinkSecret } from './link-secret.ts';

const folder = mkdtempSync(join(tmpdir(), 'link-secret-'));
afterAll(() => rmSync(folder, { recursive: true }));

it('gives all who start at nearly the same time one secret, and leaves no draft of it', { timeout: 20_000 }, async () => {
  const turns = 100;
  for (let turn = 0; turn < turns; turn++) {
    const starters = Array.from({ length: 6 }, async (_, n) => {
      await sleep(n % 3);
      return (await keepLinkSecret(join(folder, `secret ${turn}`))).toString('hex');
    });
    expect(new Set(await Promise.all(starters)).size).toBe(1);
  }
  expect(readdirSync(folder)).toHaveLength(turns);
});

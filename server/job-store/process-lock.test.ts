import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { acquireProcessLock } from './process-lock.ts';

const folder = mkdtempSync(join(tmpdir(), 'process-lock-'));
const newDataDir = () => mkdtempSync(join(folder, 'data-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('the process lock', () => {
  it('is given to one process at a time, and is free once that is killed', { timeout: 20_000 }, async () => {
    const dataDir = newDataDir();
    const holder = spawn(process.execPath, [join(import.meta.dirname, 'process-lock.holder.ts'), dataDir]);
    await once(holder.stdout, 'data');
    await expect(acquireProcessLock(dataDir)).rejects.toThrow(`already working with the data folder ${dataDir}.`);

    holder.kill('SIGKILL');
    await once(holder, 'close');
    (await acquireProcessLock(dataDir)).release();
  });

  it('is given once within a process, too, until it is released', async () => {
    const dataDir = newDataDir();
    const lock = await acquireProcessLock(dataDir);
    await expect(acquireProcessLock(dataDir)).rejects.toThrow('DATA_DIR');
    lock.release();
    lock.release();
    (await acquireProcessLock(dataDir)).release();
  });

  it('is apart for each folder, and makes the folder', async () => {
    const dataDir = newDataDir();
    const one = await acquireProcessLock(join(dataDir, 'one', 'deep'));
    const two = await acquireProcessLock(join(dataDir, 'two'));
    expect(existsSync(join(dataDir, 'one', 'deep'))).toBe(true);
    one.release();
    two.release();
  });
});

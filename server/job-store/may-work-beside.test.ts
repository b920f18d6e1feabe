import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { LockPulse } from './lock-pulse.ts';
import { mayWorkBeside } from './may-work-beside.ts';
import { migrations } from './migrations.ts';
import { openDatabase } from './open-database.ts';
import { acquireProcessLock } from './process-lock.ts';

const folder = mkdtempSync(join(tmpdir(), 'beside-'));
const newDataDir = () => mkdtempSync(join(folder, 'data-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('working beside the program', () => {
  it('is possible while it runs and while it does not', async () => {
    const dataDir = newDataDir();
    openDatabase(dataDir).close();
    expect(() => mayWorkBeside(dataDir)).not.toThrow();
    const lock = await acquireProcessLock(dataDir);
    expect(() => mayWorkBeside(dataDir)).not.toThrow();
    lock.release();
  });

  it('makes no records where there are none', () => {
    const dataDir = newDataDir();
    expect(() => mayWorkBeside(dataDir)).toThrow(`There are no records in ${dataDir}.`);
  });

  it('changes no tables under an older program that runs, and may when it does not', async () => {
    const dataDir = newDataDir();
    openDatabase(dataDir, migrations.slice(0, 1)).close();
    mayWorkBeside(dataDir);
    const lock = await acquireProcessLock(dataDir);
    expect(() => mayWorkBeside(dataDir)).toThrow('Restart it first.');
    lock.release();
  });

  it('knows by the lock whether a worker lives', async () => {
    const dataDir = newDataDir();
    const pulse = new LockPulse(dataDir, 4);
    expect(await pulse.heardSince()).toEqual({ workers: 0, slots: 0 });
    const lock = await acquireProcessLock(dataDir);
    expect(await pulse.heardSince()).toEqual({ workers: 1, slots: 4 });
    lock.release();
    expect(await pulse.heardSince()).toEqual({ workers: 0, slots: 0 });
    (await acquireProcessLock(dataDir)).release();
  });
});

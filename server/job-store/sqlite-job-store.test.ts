import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';
import { StoreUnavailable } from '../downloads/errors.ts';
import { aJob, someTime } from '../testing/a-job.ts';
import { jobColumns } from './job-columns.ts';
import { jobStoreContract } from './job-store.contract.ts';
import { jobSql } from './job-statements.ts';
import { migrations } from './migrations.ts';
import { openDatabase } from './open-database.ts';
import { slowPlans } from './query-plans.ts';
import { reachDatabase } from './reach-database.ts';
import { SqliteJobStore } from './sqlite-job-store.ts';
import { inTransaction } from './transaction.ts';

const folder = mkdtempSync(join(tmpdir(), 'job-store-'));
const newDataDir = () => mkdtempSync(join(folder, 'data-'));
afterAll(() => rmSync(folder, { recursive: true }));

jobStoreContract('SqliteJobStore', async () => {
  const dataDir = newDataDir();
  return [new SqliteJobStore(dataDir), new SqliteJobStore(dataDir)];
});

jobStoreContract('SqliteJobStore of a sole process', async () => {
  const store = new SqliteJobStore(newDataDir(), { soleProcess: true });
  return [store, store];
});

const byKey = (idempotencyKey: string) => ({ idempotencyKey, retryOf: null });

const rival = join(import.meta.dirname, 'sqlite-job-store.rival.ts');
const runRival = async (...args: string[]) => (await promisify(execFile)(process.execPath, [rival, ...args])).stdout.trim();

describe('SqliteJobStore over several processes', () => {
  it('loses no change', { timeout: 30_000 }, async () => {
    const dataDir = newDataDir();
    const store = new SqliteJobStore(dataDir);
    const { job } = await store.create(aJob({ version: 0 }));
    await Promise.all(Array.from({ length: 4 }, () => runRival(dataDir, 'count', job.jobId, '100')));
    expect(await store.find(job.jobId)).toMatchObject({ version: 400 });
    await store.close();
  });

  it('makes one job of a key, and opens a new folder from many starters at once', { timeout: 30_000 }, async () => {
    const dataDir = newDataDir();
    const answers = await Promise.all(Array.from({ length: 4 }, () => runRival(dataDir, 'ask', 'key', '50')));
    expect(new Set(answers).size).toBe(1);
    expect(answers[0]!.split(' ')).toHaveLength(50);
  });

  it('has every record that was answered when the process is killed in the middle', { timeout: 30_000 }, async () => {
    const dataDir = newDataDir();
    const child = spawn(process.execPath, [rival, dataDir, 'stream'], { stdio: ['ignore', 'pipe', 'inherit'] });
    let said = '';
    child.stdout.on('data', (chunk: Buffer) => {
      said += String(chunk);
      if (said.length > 4000) child.kill('SIGKILL');
    });
    await once(child, 'close');

    const answered = said.split('\n').slice(0, -1);
    const database = openDatabase(dataDir);
    expect(database.prepare('PRAGMA integrity_check').get()).toEqual({ integrity_check: 'ok' });
    database.close();
    const store = new SqliteJobStore(dataDir);
    expect(await store.findMany(answered)).toHaveLength(answered.length);
    await store.close();
  });
});

const claimed = () =>
  aJob({ status: 'running', fence: 1, claim: { worker: 'w', heardAt: Date.now(), leaseExpiresAt: Date.now() + 30_000, object: { id: 'x', fence: 1 } } });

describe('SqliteJobStore opened again', () => {
  it('has all that was there', async () => {
    const dataDir = newDataDir();
    const first = new SqliteJobStore(dataDir);
    const { job } = await first.create(aJob({ idempotencyKey: 'k' }));
    await first.close();
    const second = new SqliteJobStore(dataDir);
    expect(await second.findHolder(byKey('k'))).toEqual(job);
    await second.close();
  });

  it('knows the claims of an earlier process as lost at once where it is the sole one', async () => {
    const dataDir = newDataDir();
    const first = new SqliteJobStore(dataDir, { soleProcess: true });
    const { job } = await first.create(claimed());
    expect(await first.listLost(Date.now(), 10)).toEqual([]);
    await first.close();

    const second = new SqliteJobStore(dataDir, { soleProcess: true });
    expect(await second.listLost(Date.now(), 10)).toEqual([job]);
    await second.update(job.jobId, ({ claim, fence, ...now }) => ({ ...now, claim, fence: fence + 1 }));
    expect(await second.listLost(Date.now(), 10)).toEqual([]);
    await second.close();
  });

  it('sees what an operator wrote from outside, also where it has the rest in memory', async () => {
    const dataDir = newDataDir();
    const sole = new SqliteJobStore(dataDir, { soleProcess: true });
    const { job } = await sole.create(aJob());
    await sole.find(job.jobId);
    const operator = new SqliteJobStore(dataDir);
    await operator.update(job.jobId, (now) => ({ ...now, status: 'cancelled' }));
    expect(await sole.find(job.jobId)).toMatchObject({ status: 'cancelled' });
    await operator.remove(job.jobId, () => true);
    expect(await sole.findMany([job.jobId])).toEqual([]);
    await sole.close();
    await operator.close();
  });

  it('waits for the lease where others may live', async () => {
    const dataDir = newDataDir();
    const first = new SqliteJobStore(dataDir);
    await first.create(claimed());
    const second = new SqliteJobStore(dataDir);
    expect(await second.listLost(Date.now(), 10)).toEqual([]);
    await first.close();
    await second.close();
  });
});

describe('the database', () => {
  it('answers every statement by an index', () => {
    expect(slowPlans(newDataDir(), jobSql)).toEqual([]);
  });

  it('survives the loss of power: every commit is on the disk', () => {
    const database = openDatabase(newDataDir());
    expect(database.prepare('PRAGMA journal_mode').get()).toEqual({ journal_mode: 'wal' });
    expect(database.prepare('PRAGMA synchronous').get()).toEqual({ synchronous: 2 });
    database.close();
  });

  it('is brought up to date step by step, and keeps what it has', () => {
    const dataDir = newDataDir();
    openDatabase(dataDir, ['CREATE TABLE a (x)']).close();
    const database = openDatabase(dataDir, ['CREATE TABLE a (x)', 'INSERT INTO a VALUES (7)', 'ALTER TABLE a ADD COLUMN y']);
    expect(database.prepare('SELECT * FROM a').all()).toEqual([{ x: 7, y: null }]);
    database.close();
  });

  it('counts what waited before it was brought up to date', async () => {
    const dataDir = newDataDir();
    const older = openDatabase(dataDir, migrations.slice(0, 2));
    const { waiting_priority: _priority, waiting_since: _since, ...columns } = jobColumns(aJob());
    const names = Object.keys(columns);
    older.prepare(`INSERT INTO job (${names.join(', ')}) VALUES (${names.map((name) => `:${name}`).join(', ')})`).run(columns);
    older.close();
    const store = new SqliteJobStore(dataDir);
    expect((await store.waitingByPriority(someTime)).normal).toEqual({ jobs: 1, since: someTime });
    await store.close();
  });

  it('has what it had before jobs had further keys', async () => {
    const dataDir = newDataDir();
    const older = openDatabase(dataDir, migrations.slice(0, 3));
    older.prepare(jobSql.insert).run(jobColumns(aJob({ jobId: 'j', idempotencyKey: 'k', retryOf: 'first' })));
    older.close();
    const store = new SqliteJobStore(dataDir);
    expect(await store.findHolder({ idempotencyKey: 'l', retryOf: 'first' })).toMatchObject({ jobId: 'j' });
    await store.update('j', (job) => ({ ...job, status: 'failed' }));
    for (const key of ['k', 'l']) expect(await store.findHolder(byKey(key))).toMatchObject({ jobId: 'j' });
    await store.close();
  });

  it('keeps no key of a record that is gone, and takes one that was left by hand for free', async () => {
    const dataDir = newDataDir();
    const store = new SqliteJobStore(dataDir);
    const database = openDatabase(dataDir);
    const bound = async () => {
      const { job } = await store.create(aJob({ retryOf: 'first' }));
      await store.findHolder({ idempotencyKey: 'k', retryOf: 'first' });
      return job.jobId;
    };
    await store.remove(await bound(), () => true);
    expect(database.prepare('SELECT * FROM further_key').all()).toEqual([]);

    const jobId = await bound();
    database.exec('PRAGMA foreign_keys = OFF; DELETE FROM job');
    expect(await store.findHolder(byKey('k'))).toBeNull();
    expect(await bound()).not.toBe(jobId);
    expect(await store.findHolder(byKey('k'))).not.toBeNull();
    database.close();
    await store.close();
  });

  it('is left as it was by a step that fails', () => {
    const dataDir = newDataDir();
    openDatabase(dataDir, ['CREATE TABLE a (x)']).close();
    expect(() => openDatabase(dataDir, ['CREATE TABLE a (x)', 'CREATE TABLE b (x)', 'NONSENSE'])).toThrow('NONSENSE');
    const database = openDatabase(dataDir, ['CREATE TABLE a (x)', 'CREATE TABLE b (x)']);
    expect(database.prepare('PRAGMA user_version').get()).toEqual({ user_version: 2 });
    database.close();
  });

  it('refuses to touch what a newer version wrote, and says so', () => {
    const dataDir = newDataDir();
    openDatabase(dataDir, [...migrations, 'CREATE TABLE later (x)']).close();
    expect(() => new SqliteJobStore(dataDir)).toThrow(/newer version .* DATA_DIR/);
  });
});

describe('a database that cannot be used', () => {
  it('is told as StoreUnavailable when it is closed', async () => {
    const store = new SqliteJobStore(newDataDir());
    await store.close();
    await store.close();
    const answers = [
      store.create(aJob()),
      store.find('j'),
      store.findMany(['j']),
      store.findHolder(byKey('k')),
      store.update('j', () => null),
      store.remove('j', () => true),
      store.history({ userId: 'u', statuses: null, limit: 1, after: null }),
      store.listQueued(1, null),
      store.waitingByPriority(0),
      store.listLost(0, 1),
      store.listOverdue(0, 1),
      store.listExpired(0, 1),
      store.listEnded(0, 1),
      store.meanPreparationMs(),
      store.check(),
    ];
    for (const answer of answers) await expect(answer).rejects.toThrow(StoreUnavailable);
  });

  it('is told as StoreUnavailable while another process holds it, within two seconds', async () => {
    const dataDir = newDataDir();
    const store = new SqliteJobStore(dataDir);
    const holder = openDatabase(dataDir);
    holder.exec('BEGIN IMMEDIATE');
    const began = Date.now();
    await expect(store.check()).rejects.toThrow(StoreUnavailable);
    expect(Date.now() - began).toBeLessThan(2000);
    holder.exec('ROLLBACK');
    await store.check();
    holder.close();
    await store.close();
  });

  it('is told as StoreUnavailable when the disk is full, with nothing half written', () => {
    const database = openDatabase(newDataDir());
    database.exec('PRAGMA max_page_count = 1');
    const write = () =>
      inTransaction(database, () => {
        database.exec("INSERT INTO file_number VALUES ('small', 1)");
        database.prepare('INSERT INTO file_number VALUES (?, 2)').run('large'.repeat(20_000));
      });
    expect(() => reachDatabase(write)).toThrow(StoreUnavailable);
    expect(database.isTransaction).toBe(false);
    expect(database.prepare('SELECT * FROM file_number').all()).toEqual([]);
    database.close();
  });

  it('is no excuse for a mistake of the program', () => {
    const database = openDatabase(newDataDir());
    expect(() => reachDatabase(() => database.exec('NONSENSE'))).toThrow('syntax error');
    database.close();
  });

  it('fails the start when the file is no database', () => {
    const dataDir = newDataDir();
    writeFileSync(join(dataDir, 'records.sqlite'), 'no database at all, but long enough to be looked at'.repeat(50));
    expect(() => new SqliteJobStore(dataDir)).toThrow('not a database');
  });
});

import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { describe, expect, it } from 'vitest';
import { aFile, aFolder, anEntry } from '../testing/a-source-file.ts';
import { readZip } from '../testing/read-zip.ts';
import type { SourceEntry, SourceFile } from './ports.ts';
import { zipBytes } from './zip-bytes.ts';

const rules = { onBytes: () => {}, idleMs: 5000 };
const never = new AbortController().signal;
const stream = (files: SourceFile[]) => Readable.from(zipBytes(files, rules, never), { objectMode: false });
const zipped = async (...files: SourceFile[]) => readZip(await buffer(stream(files)));
const pathsOf = async (...files: SourceFile[]) => (await zipped(...files)).map(({ path }) => path);

const unzip = spawnSync('unzip', ['-v']).status === 0;
if (!unzip) process.stderr.write('unzip is missing: its own check of a ZIP is left out\n');

describe('zipBytes', () => {
  it('keeps bytes, names, times and an ordinary mode', async () => {
    const modifiedAt = new Date('2026-03-04T05:06:08Z');
    const [line] = await zipped(aFile('Übersicht.txt', anEntry('Übersicht.txt', 'Grüße', { modifiedAt })));
    expect(line).toMatchObject({ path: 'Übersicht.txt', bytes: Buffer.from('Grüße'), mode: 0o100644, modifiedAt });
  });

  it('puts plain files at the top and a folder under its name', async () => {
    const folder = aFolder('survey', [anEntry('a.txt'), anEntry('2025/b.txt')]);
    expect(await pathsOf(aFile('a.txt'), folder)).toEqual(['a.txt', 'survey/a.txt', 'survey/2025/b.txt']);
    expect(await pathsOf(folder)).toEqual(['survey/a.txt', 'survey/2025/b.txt']);
  });

  it('never names two the same', async () => {
    const folder = aFolder('Plan', [anEntry('a.txt'), anEntry('A.txt')]);
    expect(await pathsOf(aFile('plan.pdf'), aFile('Plan.PDF'), folder, folder)).toEqual([
      'plan.pdf',
      'Plan (2).PDF',
      'Plan/a.txt',
      'Plan/A (2).txt',
      'Plan (2)/a.txt',
      'Plan (2)/A (2).txt',
    ]);
  });

  it('lets no path leave the folder it is unpacked in', async () => {
    const entries = ['../../etc/passwd', '/abs', 'C:\\x', 'a/\u202Etxt.exe', '..'].map((path) => anEntry(path));
    expect(await pathsOf(aFolder('../up', entries))).toEqual(
      ['etc/passwd', 'abs', 'C__x', 'a/txt.exe', 'file'].map((path) => `.._up/${path}`),
    );
  });

  it('stores what is packed already, and deflates the rest', async () => {
    const lines = await zipped(...['a.JPG', 'b.txt', 'c.zip', 'd'].map((name) => aFile(name)));
    expect(lines.map(({ method }) => method)).toEqual([0, 8, 0, 8]);
  });

  it('takes any time of change', async () => {
    const times = [new Date(-1), new Date(0), new Date('2200-01-01'), new Date(Number.NaN), null];
    const lines = await zipped(aFolder('a', times.map((modifiedAt, n) => anEntry(`${n}`, 'x', { modifiedAt }))));
    expect(lines.map(({ modifiedAt }) => modifiedAt.getUTCFullYear())).toEqual([1980, 1980, 2038, ...Array<number>(2).fill(new Date().getFullYear())]);
  });

  it('opens one entry at a time, in order', async () => {
    const log: string[] = [];
    const entries = ['1', '2', '3'].map((path) => {
      const open = () => {
        log.push(`open ${path}`);
        return Promise.resolve(Readable.from([randomBytes(200_000)]).once('close', () => log.push(`close ${path}`)));
      };
      return anEntry(path, '', { size: 200_000, open });
    });
    await zipped(aFolder('a', entries));
    expect(log).toEqual(['open 1', 'close 1', 'open 2', 'close 2', 'open 3', 'close 3']);
  });

  it('holds more than 65,535 entries', async () => {
    const count = 66_000;
    function* entries(): Generator<SourceEntry> {
      for (let n = 0; n < count; n += 1) yield anEntry(`${n}.gz`, `${n}`);
    }
    const lines = await zipped(aFolder('many', { [Symbol.iterator]: entries }));
    expect(lines).toHaveLength(count);
    expect(lines.at(-1)).toMatchObject({ path: 'many/65999.gz', bytes: Buffer.from('65999') });
  }, 60_000);

  it('keeps no bytes in memory', async () => {
    const piece = randomBytes(1024 * 1024);
    const open = () => Promise.resolve(Readable.from(Array.from({ length: 60 }, () => piece), { objectMode: false }));
    const { arrayBuffers } = process.memoryUsage();
    let most = 0;
    for await (const _ of stream([aFile('a.mp4', anEntry('a.mp4', '', { size: 60 * piece.length, open }))])) {
      most = Math.max(most, process.memoryUsage().arrayBuffers - arrayBuffers);
    }
    expect(most).toBeLessThan(20 * 1024 * 1024);
  });

  it.skipIf(!unzip)('pleases unzip', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'zip-'));
    try {
      const files = [aFile('a.txt'), aFile('empty', anEntry('empty', '')), aFolder('日本', [anEntry('x/ü.bin', randomBytes(300_000))])];
      await pipeline(stream(files), createWriteStream(join(dir, 'a.zip')));
      const { status, stdout } = spawnSync('unzip', ['-t', join(dir, 'a.zip')], { encoding: 'utf8' });
      expect([status, stdout]).toEqual([0, expect.stringContaining('No errors detected')]);
    } finally {
      await rm(dir, { recursive: true });
    }
  });
});

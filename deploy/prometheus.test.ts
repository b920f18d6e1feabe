import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { parse } from 'yaml';
import { downloadPaths } from '#shared/download-api.ts';
import { aProgram } from '../server/testing/a-program.ts';
import { describeWith } from '../server/testing/describe-with.ts';
import { PrometheusProcess } from '../server/testing/prometheus-process.ts';
import { boardQueries, metricsIn, shippedRules } from './board-queries.ts';

const folder = join(import.meta.dirname, 'prometheus');
const promtool = (...args: string[]) => spawnSync('promtool', args, { cwd: folder, encoding: 'utf8' });

/** The program after jobs that ended well and badly, as it tells of itself. */
async function aBusyProgram() {
  const program = await aProgram({ METRICS_PORT: '0' });
  for (const file_id of [10_000, 99_999_901, 99_999_902]) await program.until((await program.ask({ file_id })).jobId);
  return program;
}

/** Of Prometheus itself. */
const everywhere = new Set(['up', 'ALERTS']);

describe('the board and the rules', () => {
  it('name only metrics that the program has, or rules that are there', async () => {
    const program = await aBusyProgram();
    const { text } = await program.metrics();
    const told = new Set([...text.matchAll(/^([a-zA-Z_:][\w:]*)[{ ]/gm)].map(([, name]) => name!));
    const recorded = new Set(shippedRules().flatMap(({ record }) => record ?? []));
    const queries = [...boardQueries().map(({ query }) => query), ...shippedRules().map(({ expr }) => expr)];
    expect(queries.length).toBeGreaterThan(40);
    for (const query of queries) {
      const named = metricsIn(query);
      expect(named, query).not.toEqual([]);
      expect(named.filter((name) => !told.has(name) && !recorded.has(name) && !everywhere.has(name)), query).toEqual([]);
    }
  });

  it('have a test for every alert, once silent and once speaking', () => {
    const { tests } = parse(readFileSync(join(folder, 'rules.test.yml'), 'utf8')) as { tests: { alert_rule_test: { alertname: string; exp_alerts: unknown[] }[] }[] };
    const alerts = shippedRules().flatMap(({ alert }) => alert ?? []);
    for (const [nth, { alert_rule_test: cases }] of tests.entries()) {
      expect(cases.map(({ alertname }) => alertname)).toEqual(alerts);
      expect(new Set(cases.map(({ exp_alerts }) => exp_alerts.length))).toEqual(new Set([nth]));
    }
  });
});

describeWith('promtool', 'promtool', () => {
  it.each([['check', 'config', 'prometheus.yml'], ['check', 'rules', 'rules.yml'], ['test', 'rules', 'rules.test.yml']])('finds nothing wrong: %s %s %s', (...args) => {
    const { status, stdout, stderr } = promtool(...args);
    expect(status, stdout + stderr).toBe(0);
  });

  it('can read every query of the board', () => {
    const place = mkdtempSync(join(tmpdir(), 'board-'));
    onTestFinished(() => rmSync(place, { recursive: true }));
    const rules = boardQueries().map(({ query }, nth) => ({ record: `query:${nth}`, expr: query }));
    writeFileSync(join(place, 'board.yml'), JSON.stringify({ groups: [{ name: 'board', rules }] }));
    const { status, stdout, stderr } = promtool('check', 'rules', join(place, 'board.yml'));
    expect([status, stdout + stderr]).toEqual([0, expect.stringContaining(`${rules.length} rules found`)]);
  });
});

/** What a program that is well has no values for. */
const troubles = new Set(['Parts in trouble', 'Alerts']);

describeWith('prometheus', 'a Prometheus with the shipped configuration', () => {
  it('asks the program, and has an answer to every query of the board', { timeout: 90_000 }, async () => {
    const program = await aBusyProgram();
    const prometheus = new PrometheusProcess();
    onTestFinished(() => prometheus.stop());
    await prometheus.start([new URL(program.metricsAddress!).host.replace('localhost', '127.0.0.1')]);
    const wait = { timeout: 60_000, interval: 250 };
    await vi.waitFor(async () => expect((await prometheus.query('up{job="downloads"}')).map(({ value }) => value[1])).toEqual(['1']), wait);
    const { jobId } = await program.ask({ file_id: 10_001 });
    await program.until(jobId);
    await program.fetch(downloadPaths.status(jobId));
    await vi.waitFor(async () => {
      const answers = await Promise.all(boardQueries().map(async ({ title, query }) => ({ title, samples: await prometheus.query(query) })));
      expect(answers.filter(({ title, samples }) => samples.length === 0 && !troubles.has(title)).map(({ title }) => title)).toEqual([]);
      expect((await prometheus.query('increase(delineate_jobs_settled_total{outcome="completed"}[1m]) > 0')).length).toBe(1);
    }, wait);
    expect(await prometheus.query('ALERTS{alertstate="firing"}')).toEqual([]);
  });
});

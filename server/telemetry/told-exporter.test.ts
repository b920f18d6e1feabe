import { ExportResultCode, type ExportResult } from '@opentelemetry/core';
import { expect, it } from 'vitest';
import { collectedLog } from '../testing/collected-log.ts';
import { ToldExporter } from './told-exporter.ts';

const failed = { code: ExportResultCode.FAILED, error: new Error('connect ECONNREFUSED') };
const taken = { code: ExportResultCode.SUCCESS };

it('tells of each absence of the collector once, however often it is tried, and hands on what came of each try', () => {
  const results: ExportResult[] = [taken, failed, failed, failed, taken, taken, failed];
  const log = collectedLog();
  const heard: ExportResult[] = [];
  const waiting = [...results];
  const exporter = new ToldExporter({ export: (_spans, onResult) => onResult(waiting.shift()!), shutdown: async () => {} }, log);
  for (const _ of results) exporter.export([], (result) => heard.push(result));
  expect(heard).toEqual(results);
  expect(log.lines.map(({ level }) => level)).toEqual(['warn', 'info', 'warn']);
  expect(log.lines[0]!.fields).toEqual({ reason: 'connect ECONNREFUSED' });
});

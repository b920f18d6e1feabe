import { expect, it } from 'vitest';
import { loadedPackages } from './testing/loaded-packages.ts';

const timeout = 60_000;
const asked = { METRICS_PORT: '0', SENTRY_DSN: 'http://key@127.0.0.1:9/1', OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9' };

it('loads nothing for metrics, reports, traces, Redis or S3 where nobody asked for them', { timeout }, async () => {
  const loaded = await loadedPackages();
  expect(loaded).toContain('express');
  const unasked = /^(?:prom-client|@sentry\/|@opentelemetry\/(?:sdk|exporter|resources)|ioredis|bullmq|@aws-sdk\/)/;
  expect(loaded.filter((name) => unasked.test(name))).toEqual([]);
});

it('loads them where they were asked for, and nothing that the image leaves out', { timeout }, async () => {
  const loaded = await loadedPackages(asked);
  expect(loaded).toEqual(expect.arrayContaining(['prom-client', '@sentry/node', '@opentelemetry/sdk-trace']));
  expect(loaded.filter((name) => /^(?:sentry|oxc-parser|@sentry\/(?:bundler-plugins|react|browser))$/.test(name))).toEqual([]);
});

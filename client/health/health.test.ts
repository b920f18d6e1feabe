import { describe, expect, test } from 'vitest';
import type { Health } from '#shared/service-api.ts';
import { healthLines } from './health-lines.ts';
import { systemState } from './system-state.ts';

type Checks = Health['checks'];

const answer = (checks: Partial<Checks> = {}, line: Health['line'] = { waiting: 31, etaSeconds: 240 }, answeredInMs = 42) => ({
  health: {
    status: 'healthy' as const,
    checks: { api: 'ok', store: 'ok', queue: 'ok', storage: 'ok', worker: 'ok', ...checks } satisfies Checks,
    reasons: [],
    line,
  },
  answeredInMs,
});

describe('the system status', () => {
  test('is the worst of its parts', () => {
    expect(systemState(answer(), 'ok')).toBe('normal');
    expect(systemState(answer({ worker: 'degraded' }), 'ok')).toBe('slow');
    expect(systemState(answer({ worker: 'degraded', storage: 'error' }), 'ok')).toBe('broken');
    expect(systemState(answer(), 'offline')).toBe('unreachable');
    expect(systemState(answer(), 'failing')).toBe('broken');
    expect(systemState(undefined, 'ok')).toBe('unknown');
  });

  test('tells each part in words', () => {
    expect(healthLines(answer()).map((line) => `${line.name} ${line.words}`)).toEqual([
      'Service answers in 42 ms',
      'Line 31 waiting, about 4 min',
      'Storage working',
    ]);
    expect(healthLines(answer({}, { waiting: 0, etaSeconds: null }))[1]?.words).toBe('nobody is waiting');
  });
});

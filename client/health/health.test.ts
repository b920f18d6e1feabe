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
    expect(systemState(answer(), true)).toBe('normal');
    expect(systemState(answer({ worker: 'degraded' }), true)).toBe('slow');
    expect(systemState(answer({ worker: 'degraded', storage: 'error' }), true)).toBe('broken');
    expect(systemState(answer(), false)).toBe('unreachable');
    expect(systemState(undefined, true)).toBe('unknown');
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

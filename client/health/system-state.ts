import type { HealthAnswer } from '../api/service-api.ts';

export type SystemState = 'normal' | 'slow' | 'broken' | 'unreachable' | 'unknown';

export const systemWords = {
  normal: 'All systems normal',
  slow: 'Slower than usual',
  broken: 'Part of the service is down',
  unreachable: 'Not reachable',
  unknown: 'Looking',
} satisfies Record<SystemState, string>;

const slowAnswerMs = 2000;

/** What else the page knows: whether it gets through to the service, and whether that answers as it should. */
export type Reach = 'ok' | 'offline' | 'failing' | 'signed-out';

export function systemState(answer: HealthAnswer | undefined, reach: Reach): SystemState {
  if (reach === 'offline') return 'unreachable';
  if (reach === 'failing') return 'broken';
  if (!answer) return 'unknown';
  const checks = Object.values(answer.health.checks);
  if (answer.health.status === 'unhealthy' || checks.includes('error')) return 'broken';
  return checks.includes('degraded') || answer.answeredInMs > slowAnswerMs ? 'slow' : 'normal';
}

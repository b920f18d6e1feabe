import type { Health, HealthCheck } from '#shared/service-api.ts';
import type { HealthAnswer } from '../api/service-api.ts';
import { formatEstimate } from '../ui/spans.ts';

export type SystemState = 'normal' | 'slow' | 'broken' | 'unreachable' | 'unknown';

export const systemWords = {
  normal: 'All systems normal',
  slow: 'Slower than usual',
  broken: 'Part of the service is down',
  unreachable: 'Not reachable',
  unknown: 'Looking',
} satisfies Record<SystemState, string>;

const slowAnswerMs = 2000;

export function systemState(answer: HealthAnswer | undefined, reachable: boolean): SystemState {
  if (!reachable) return 'unreachable';
  if (!answer) return 'unknown';
  const checks = Object.values(answer.health.checks);
  if (answer.health.status === 'unhealthy' || checks.includes('error')) return 'broken';
  return checks.includes('degraded') || answer.answeredInMs > slowAnswerMs ? 'slow' : 'normal';
}

const storageWords = {
  ok: 'working',
  degraded: 'working, with little room',
  error: 'not working',
} satisfies Record<HealthCheck, string>;

export interface HealthLine {
  name: string;
  state: HealthCheck;
  words: string;
}

/** The three lines of the status popover. */
export function healthLines({ health, answeredInMs }: HealthAnswer): HealthLine[] {
  const { checks } = health;
  return [
    { name: 'Service', state: worst(checks.api, checks.store), words: `answers in ${Math.round(answeredInMs)} ms` },
    { name: 'Line', state: worst(checks.queue, checks.worker), words: lineWords(health.line) },
    { name: 'Storage', state: checks.storage, words: storageWords[checks.storage] },
  ];
}

function lineWords({ waiting, etaSeconds }: Health['line']): string {
  if (waiting === 0) return 'nobody is waiting';
  return etaSeconds === null ? `${waiting} waiting` : `${waiting} waiting, ${formatEstimate(etaSeconds)}`;
}

function worst(one: HealthCheck, other: HealthCheck): HealthCheck {
  if (one === 'error' || other === 'error') return 'error';
  return one === 'degraded' ? one : other;
}

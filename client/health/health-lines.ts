import type { Health, HealthCheck } from '#shared/service-api.ts';
import type { HealthAnswer } from '../api/service-api.ts';
import { formatEstimate } from '../ui/spans.ts';

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

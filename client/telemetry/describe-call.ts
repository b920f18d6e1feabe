import { downloadPaths } from '#shared/download-api.ts';
import { filesPath } from '#shared/files-api.ts';
import { servicePaths } from '#shared/service-api.ts';
import type { Call } from './words.ts';

interface Question {
  readonly name: string;
  readonly method: string;
  /** The address as a pattern: what stands in it for one download is told apart from it. */
  readonly route: string;
  /** How many of these have to fail in a row before it is more than a hiccup that the page tries again after. */
  readonly patience: number;
}

const questions: readonly Question[] = [
  { name: 'download-initiate', method: 'POST', route: downloadPaths.initiate(), patience: 3 },
  { name: 'retry', method: 'POST', route: downloadPaths.retry(), patience: 3 },
  { name: 'poll', method: 'GET', route: downloadPaths.statuses(), patience: 3 },
  { name: 'cancel', method: 'POST', route: downloadPaths.cancel(), patience: 1 },
  { name: 'download', method: 'HEAD', route: downloadPaths.download(), patience: 1 },
  { name: 'delete', method: 'DELETE', route: downloadPaths.download(), patience: 1 },
  { name: 'details', method: 'GET', route: downloadPaths.status(), patience: 3 },
  { name: 'history', method: 'GET', route: downloadPaths.history(), patience: 2 },
  { name: 'check', method: 'POST', route: downloadPaths.check(), patience: 2 },
  { name: 'files', method: 'GET', route: filesPath, patience: 2 },
  { name: 'capabilities', method: 'GET', route: servicePaths.capabilities, patience: 4 },
  { name: 'health', method: 'GET', route: servicePaths.health, patience: 3 },
];

const known = questions.map((question) => ({ question, shape: new RegExp(`^${question.route.replace(':jobId', '([^/?]+)')}(?:\\?|$)`) }));

export interface CallFacts extends Omit<Question, 'route'> {
  readonly route: string | null;
  readonly jobId: string | null;
}

/** What may be told of a call: its name, the pattern of its address, and the one job that it is about. */
export function describeCall({ method, path, answer }: Call): CallFacts {
  for (const { question, shape } of known) {
    const found = question.method === method ? shape.exec(path) : null;
    if (found) return { ...question, jobId: jobIdOf(answer) ?? (found[1] === undefined ? null : decodeURIComponent(found[1])) };
  }
  return { name: method, method, route: null, patience: Infinity, jobId: null };
}

/** A new job is known by its answer alone. */
function jobIdOf(answer: unknown): string | null {
  return answer instanceof Object && 'jobId' in answer && typeof answer.jobId === 'string' ? answer.jobId : null;
}

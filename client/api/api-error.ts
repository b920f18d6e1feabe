import { alsoLate } from '../ui/late-part.ts';
import type { Problem, ProblemCode } from '#shared/problem.ts';

/** The server was reached and said no, or said something that is not in the contract (then without a code). */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly code: ProblemCode | null;
  readonly status: number;
  readonly retryAfterMs: number | null;
  readonly problem: Problem | null;

  constructor(status: number, problem: Problem | null, retryAfterMs: number | null) {
    super(problem?.detail ?? `The server answered ${status} without saying why.`);
    this.code = problem?.code ?? null;
    this.status = status;
    this.retryAfterMs = retryAfterMs;
    this.problem = problem;
  }
}

/** Nothing came back: no connection, or no answer in time. */
export class NetworkError extends Error {
  override readonly name = 'NetworkError';
}

/** Whether asking again with the very same request can end differently. */
export function isPassingError(error: unknown): boolean {
  return !(error instanceof ApiError) || error.status >= 500 || error.status === 429 || error.status === 408;
}

const loadReader = alsoLate(() => import('./read-problem.ts'));

/** What reads problems comes with the first one. Where it cannot be had either, the status has to do. */
export async function readApiError(response: Response): Promise<ApiError> {
  const body: unknown = await response.json().catch(() => null);
  const reader = await loadReader().catch(() => null);
  return new ApiError(response.status, reader?.readProblem(body) ?? null, readRetryAfter(response));
}

function readRetryAfter(response: Response): number | null {
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : null;
}

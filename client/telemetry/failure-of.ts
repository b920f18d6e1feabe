import { ApiError, NetworkError } from '../api/api-error.ts';

/** What went wrong, in words that hold nothing of anybody: neither names of files nor addresses. */
export interface Failure {
  readonly type: string;
  /** A code of the contract, a status, or none where nothing came back. */
  readonly code: string | null;
  readonly message: string;
}

/** How an error is told of; null for what was given up on purpose. */
export function failureOf(error: unknown): Failure | null {
  if (error instanceof ApiError) {
    const code = error.code ?? String(error.status);
    return { type: 'ApiError', code, message: `The server answered ${error.status} (${code}).` };
  }
  if (error instanceof NetworkError) return { type: 'NetworkError', code: null, message: error.message };
  if (error instanceof DOMException && error.name === 'AbortError') return null;
  return { type: error instanceof Error ? error.name : typeof error, code: null, message: '' };
}

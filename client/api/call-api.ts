import type * as z from 'zod/mini';
import { drawPlace } from '../telemetry/draw-place.ts';
import { tell, traceCall } from '../telemetry/telemetry.ts';
import type { Call, Click } from '../telemetry/words.ts';
import { ApiError, NetworkError, readApiError } from './api-error.ts';
import { learnServerTime } from './server-clock.ts';

const patienceMs = 30_000;

export interface ApiRequest {
  method?: 'GET' | 'HEAD' | 'POST' | 'DELETE';
  body?: unknown;
  headers?: Record<string, string>;
  signal?: AbortSignal | undefined;
  redirect?: RequestRedirect;
  keepalive?: boolean;
}

/**
 * Asks the API, and gives what `read` makes of the answer. Rejects with a NetworkError when none came, with the caller's
 * reason when it gave up, and with whatever `read` rejects with.
 */
export async function callApi<T>(path: string, request: ApiRequest, read: (response: Response) => Promise<T> | T, click?: Click): Promise<T> {
  const call: Call = { method: request.method ?? 'GET', path, startedAt: Date.now(), place: drawPlace(click), endedAt: 0, status: null, click };
  try {
    const response = await send(call, request);
    call.status = response.status;
    const answer = await read(response);
    call.answer = answer;
    return answer;
  } catch (error) {
    call.error = error;
    throw error;
  } finally {
    call.endedAt = Date.now();
    tell(call);
  }
}

async function send(call: Call, { body, headers, signal, ...rest }: ApiRequest): Promise<Response> {
  const giveUp = AbortSignal.timeout(patienceMs);
  const sentAt = Date.now();
  try {
    const response = await fetch(call.path, {
      ...rest,
      headers: {
        accept: 'application/json',
        ...traceCall(call),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      signal: signal ? AbortSignal.any([signal, giveUp]) : giveUp,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    learnServerTime(response.headers.get('date'), sentAt, Date.now());
    return response;
  } catch (cause) {
    signal?.throwIfAborted();
    throw new NetworkError(giveUp.aborted ? 'No answer came in time.' : 'The server could not be reached.', { cause });
  }
}

/** Asks the API for something in the contract's words. Rejects with an ApiError when the answer is a refusal or not in the contract. */
export function apiJson<S extends z.ZodMiniType>(path: string, schema: S, request: ApiRequest = {}, click?: Click): Promise<z.output<S>> {
  const read = async (response: Response) => {
    if (!response.ok) throw await readApiError(response);
    const parsed = schema.safeParse(await readBody(response));
    if (!parsed.success) throw new ApiError(response.status, null, null);
    return parsed.data;
  };
  return callApi(path, request, read, click);
}

/** An answer that breaks off is none; one that is not JSON is a wrong one. */
async function readBody(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch (cause) {
    if (cause instanceof SyntaxError) return null;
    throw new NetworkError('The answer broke off.', { cause });
  }
}

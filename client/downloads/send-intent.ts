import type { InitiateResponse } from '#shared/download-api.ts';
import type { InitiateRequestInput } from '#shared/download-requests.ts';
import { isPassingError, NetworkError, ApiError } from '../api/api-error.ts';
import { initiateDownload, retryDownload } from '../api/downloads-api.ts';
import { drawBackoff } from '../api/backoff.ts';
import type { Click } from '../telemetry/words.ts';
import type { Intent } from './intent.ts';
import type { KeptDownloads } from './kept-downloads.ts';

export interface SenderPorts {
  kept: KeptDownloads;
  userId: string;
  isOnline: () => boolean;
  /** Resolves after the given time, or earlier when the service can be reached again; null waits for that alone. */
  wait: (ms: number | null) => Promise<void>;
  /** Resolves after the given time. */
  pause: (ms: number) => Promise<void>;
  onSent: (answer: InitiateResponse, intent: Intent) => void;
  onRefused: (error: ApiError, intent: Intent) => void;
}

/**
 * Sends an intent until the server has answered it, however often that takes. The same key goes out every time, so that
 * it never makes a second job. An intent that was dropped meanwhile is not sent again.
 */
export async function sendIntent(ports: SenderPorts, intent: Intent): Promise<void> {
  const { kept, isOnline, wait, pause } = ports;
  const { clientRequestId } = intent;
  const click: Click = {};
  for (let failures = 1; kept.hasIntent(clientRequestId); failures++) {
    if (!isOnline()) {
      kept.markSending(clientRequestId, { state: 'offline' });
      await wait(null);
      continue;
    }
    kept.markSending(clientRequestId, { state: 'sending' });
    const outcome = await attempt(intent, ports.userId, click);
    if ('answer' in outcome) return ports.onSent(outcome.answer, intent);
    if (outcome.error instanceof ApiError && !isPassingError(outcome.error)) return ports.onRefused(outcome.error, intent);
    if (!kept.hasIntent(clientRequestId)) return;
    const waitMs = drawBackoff(failures, outcome.error);
    const lost = outcome.error instanceof NetworkError;
    kept.markSending(clientRequestId, lost ? { state: 'offline' } : { state: 'refused', retryAt: Date.now() + waitMs });
    await (lost ? wait(waitMs) : pause(waitMs));
  }
}

async function attempt(intent: Intent, userId: string, click: Click): Promise<{ answer: InitiateResponse } | { error: unknown }> {
  try {
    const { clientRequestId, retryOf } = intent;
    const sent = retryOf === null ? initiateDownload(requestOf(intent, userId), click) : retryDownload(retryOf, clientRequestId, click);
    return { answer: await sent };
  } catch (error) {
    return { error };
  }
}

export function requestOf({ clientRequestId, asked, archiveName }: Intent, userId: string): InitiateRequestInput {
  const [fileId] = asked.fileIds;
  const files = archiveName === null && fileId !== undefined ? { file_id: fileId } : { file_ids: asked.fileIds };
  return { ...files, ...(archiveName === null ? {} : { archiveName }), clientRequestId, userId };
}

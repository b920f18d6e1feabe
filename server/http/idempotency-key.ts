import type { Request } from 'express';
import { DownloadError, InvalidRequest } from '../downloads/errors.ts';

/**
 * The key of a request: `clientRequestId` of the body, or the `Idempotency-Key` header, quoted
 * (draft-ietf-httpapi-idempotency-key-header) or bare; null when there is none. Rejects two that differ.
 */
export function idempotencyKeyOf(req: Request, clientRequestId?: string): string | null {
  const header = headerKey(req);
  if (header !== null && clientRequestId !== undefined && header !== clientRequestId) {
    throw new DownloadError('idempotency-key-conflict', 'clientRequestId and Idempotency-Key differ. Send one, or the same in both.');
  }
  return clientRequestId ?? header;
}

function headerKey(req: Request): string | null {
  const header = req.get('idempotency-key');
  if (header === undefined) return null;
  const key = /^"(.*)"$/.exec(header)?.[1] ?? header;
  if (key.length === 0 || key.length > 255) {
    throw new InvalidRequest([{ pointer: '/Idempotency-Key', detail: 'must be 1 to 255 characters' }]);
  }
  return key;
}

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
  // Node reads header bytes as Latin-1; whoever sends other letters sends UTF-8.
  const sent = Buffer.from(header, 'latin1').toString();
  const key = unquoted(sent);
  if (key === null || key.length === 0 || key.length > 255) {
    throw new InvalidRequest([{ pointer: '/Idempotency-Key', detail: 'must be 1 to 255 characters, bare or in quotes' }]);
  }
  return key;
}

/** A bare key, or what a string of RFC 9651 holds; null when the quotes do not match. */
function unquoted(text: string): string | null {
  if (!text.startsWith('"')) return text;
  return /^"((?:[^"\\]|\\["\\])*)"$/.exec(text)?.[1]?.replaceAll(/\\(["\\])/g, '$1') ?? null;
}

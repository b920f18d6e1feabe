import { createHmac, timingSafeEqual } from 'node:crypto';

/** All that a link grants, as it stands in the address. */
export interface LinkTerms {
  readonly method: string;
  readonly id: string;
  readonly fence: string;
  readonly fileName: string;
  readonly contentType: string;
  /** Milliseconds since 1970. */
  readonly expires: string;
}

export function signTerms(secret: Buffer, { method, id, fence, fileName, contentType, expires }: LinkTerms): string {
  // As JSON no part can reach over into the next.
  const terms = JSON.stringify(['download-link-1', method, id, fence, fileName, contentType, expires]);
  return createHmac('sha256', secret).update(terms).digest('base64url');
}

/** Takes equally long for every wrong signature, so that none can be found byte by byte. */
export function isSignatureOf(secret: Buffer, terms: LinkTerms, signature: string): boolean {
  // Compared as text: several texts decode to the same bytes.
  const right = Buffer.from(signTerms(secret, terms));
  const given = Buffer.from(signature);
  return given.length === right.length && timingSafeEqual(given, right);
}

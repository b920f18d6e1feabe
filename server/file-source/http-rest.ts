import { SourceFault } from '../downloads/faults.ts';
import type { Rest } from './http-bytes.ts';
import type { HttpAnswer } from './http-client.ts';
import { contentRangeOf } from './http-content-range.ts';
import { headerOf, isPlainBytes } from './http-headers.ts';
import { validatorOf } from './http-validator.ts';

/** What asks for the rest of exactly these bytes; null where the upstream does not say which ones they are, or gives no parts. */
export function validatorForRest({ headers }: HttpAnswer): string | null {
  return headerOf(headers, 'accept-ranges')?.toLowerCase() === 'none' ? null : validatorOf(headers);
}

/**
 * The rest of a body out of the answer to a `Range` request: null when the upstream is away for the moment. Rejects when
 * the answer is anything but the rest of the same bytes: others by now, all of them anew, or another part.
 */
export function restOf(answer: HttpAnswer, offset: number, validator: string): Rest | null {
  const { status, headers, body } = answer;
  const range = status === 206 && isPlainBytes(headers) ? contentRangeOf(headerOf(headers, 'content-range')) : null;
  if (range?.start === offset && validatorOf(headers) === validator) return { body, total: range.total };
  body.destroy();
  if (status >= 500 || status === 408 || status === 429) return null;
  throw new SourceFault('source-unavailable', `The source broke off in the middle, and does not go on from there (${status}).`);
}

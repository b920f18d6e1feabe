import { headerOf, type HttpHeaders } from './http-headers.ts';

/**
 * What stands for exactly these bytes, for `If-Range`: a strong entity tag, else the moment of change. Null when the
 * upstream tells neither. A moment counts only when it lay a second back by the upstream's own clock (RFC 9110, 8.8.2.2):
 * within that second the file may have changed once more.
 */
export function validatorOf(headers: HttpHeaders): string | null {
  const tag = headerOf(headers, 'etag');
  if (tag !== null && /^"[^"]*"$/.test(tag)) return tag;
  const changed = headerOf(headers, 'last-modified');
  const [changedAt, toldAt] = [changed, headerOf(headers, 'date')].map((moment) => Date.parse(moment ?? ''));
  return changed !== null && changedAt! + 1000 <= toldAt! ? changed : null;
}

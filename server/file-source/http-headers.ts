/** As undici gives them: names in lower case, several lines of one name as a list. */
export type HttpHeaders = Readonly<Record<string, string | string[] | undefined>>;

/** A header that says one thing; null where it is missing, empty or said twice. */
export function headerOf(headers: HttpHeaders, name: string): string | null {
  const value = headers[name];
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
}

/** The length that the body is said to have; null when it is not said. */
export function lengthOf(headers: HttpHeaders): number | null {
  const length = headerOf(headers, 'content-length');
  return length !== null && /^\d{1,15}$/.test(length) ? Number(length) : null;
}

/** Whether the bytes are the file's own, and not packed for the way. */
export function isPlainBytes(headers: HttpHeaders): boolean {
  const encoding = headers['content-encoding'];
  return encoding === undefined || (typeof encoding === 'string' && ['', 'identity'].includes(encoding.trim().toLowerCase()));
}

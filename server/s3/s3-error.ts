/** The object is another one by now. */
export class ObjectChanged extends Error {
  override name = 'ObjectChanged';
}

/** The status of an answer that was a refusal; null when there was none. */
export function statusOf(error: unknown): number | null {
  const { $metadata } = partsOf(error);
  return $metadata?.httpStatusCode ?? null;
}

/** What S3 calls it, such as `NoSuchBucket`; a HEAD is answered without. */
export function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : 'Error';
}

const notImplemented = 501;

/** Whether it may well be otherwise in a moment: no answer, one cut off, or one in which the server speaks of itself. */
export function isPassing(error: unknown): boolean {
  if (error instanceof ObjectChanged) return false;
  const status = statusOf(error);
  return status === null || status === 429 || (status >= 500 && status !== notImplemented) || status < 300;
}

/**
 * The error in words for the log, without what it carries along: headers with keys and signatures, and in some answers
 * the very text that was signed.
 */
export function inWords(error: unknown): Error {
  const status = statusOf(error);
  if (status !== null) return new Error(`S3 answered ${status} ${nameOf(error)}`);
  const { code, message } = partsOf(error);
  return new Error(['S3 did not answer', code, message?.replaceAll(/https?:\/\/\S+/g, '…')].filter(Boolean).join(': '));
}

interface Parts {
  readonly $metadata?: { readonly httpStatusCode?: number };
  readonly code?: string;
  readonly message?: string;
}

function partsOf(error: unknown): Parts {
  return error instanceof Error ? error : {};
}

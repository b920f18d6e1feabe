const plain = /^[\w.-]{1,64}$/;

/** What kind of error it is, never what it says: that may hold an address or a key. */
export function errorType(error: unknown): string {
  const { code, name } = (error ?? {}) as { code?: unknown; name?: unknown };
  return [code, name].find((word) => typeof word === 'string' && plain.test(word)) as string | undefined ?? 'unknown';
}

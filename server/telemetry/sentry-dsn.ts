const shape = /^\/(?:[\w.-]+\/)*\d+$/;

/** What is wrong with the address that errors are reported to, in words that follow the name of its variable; null when nothing is. */
export function mistakeInDsn(text: string): string | null {
  const url = URL.parse(text);
  if (!url || !['http:', 'https:'].includes(url.protocol) || !/^\w+$/.test(url.username) || !shape.test(url.pathname) || url.search !== '') {
    return 'must be a DSN such as https://key@sentry.example.org/1';
  }
  return url.password === '' ? null : 'has a secret key, which nobody needs who reports; leave it out';
}

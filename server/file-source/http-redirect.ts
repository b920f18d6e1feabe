const redirects = new Set([301, 302, 303, 307, 308]);

export function isRedirect(status: number): boolean {
  return redirects.has(status);
}

/** Where a redirect leads; null where it may not be followed: nowhere, away from HTTP, or from an encrypted line to an open one. */
export function redirectTarget(from: URL, location: string | null): URL | null {
  const target = location === null ? null : URL.parse(location, from.href);
  if (!target || !['http:', 'https:'].includes(target.protocol)) return null;
  if (from.protocol === 'https:' && target.protocol === 'http:') return null;
  target.username = '';
  target.password = '';
  target.hash = '';
  return target;
}

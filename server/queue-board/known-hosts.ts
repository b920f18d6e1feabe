import { isIP } from 'node:net';
import type { RequestHandler } from 'express';

/**
 * Refuses requests that name this server otherwise than by an address, as localhost or as its configured host. A page
 * elsewhere that lets its own name lead to this machine (DNS rebinding) would read in the operator's browser what only the
 * operator may see; it cannot help naming itself.
 */
export function knownHosts(configuredHost: string): RequestHandler {
  const known = new Set(['localhost', configuredHost.toLowerCase()]);
  return (req, res, next) => {
    const name = hostName(req.headers.host);
    if (name !== null && (known.has(name) || isIP(name) !== 0)) next();
    else res.status(403).type('text').send('This address is not known here. Use localhost, an IP address, or the configured host.\n');
  };
}

function hostName(host: string | undefined): string | null {
  if (host === undefined || !URL.canParse(`http://${host}`)) return null;
  return new URL(`http://${host}`).hostname.replace(/^\[(?<address>.*)\]$/, '$<address>');
}

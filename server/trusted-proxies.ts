import { isIP } from 'node:net';

/** Names of ranges, as Express knows them: this machine, what is linked to it, and private networks. */
const ranges: ReadonlySet<string> = new Set(['loopback', 'linklocal', 'uniquelocal']);

/** What is wrong with a list of proxies to be believed, such as `loopback,10.0.0.0/8`; null where nothing is. */
export function mistakeInTrustedProxies(text: string): string | null {
  const wrong = trustedProxiesOf(text).find((one) => !ranges.has(one) && !isNetwork(one));
  if (wrong === undefined) return null;
  return `must name proxies by address, network or range (10.0.0.7, 10.0.0.0/8, loopback, linklocal, uniquelocal), separated by commas; "${wrong}" is none`;
}

export function trustedProxiesOf(text: string): string[] {
  return text.split(',').map((one) => one.trim());
}

/** Never the whole of the net: who believes everybody has no address at all. */
function isNetwork(text: string): boolean {
  const [address = '', bits, ...more] = text.split('/');
  const family = isIP(address);
  if (family === 0 || more.length > 0) return false;
  return bits === undefined || (/^[1-9]\d{0,2}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128));
}

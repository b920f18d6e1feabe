/**
 * Reads `name=value,name=value`, as OpenTelemetry's variables are written: blanks around names and values say nothing, values
 * may be percent-encoded. Null when something in it is neither.
 */
export function keyValueList(text: string): Record<string, string> | null {
  const pairs = text.split(',').filter((part) => part.trim() !== '').map(pairOf);
  return pairs.every((pair) => pair !== null) ? Object.fromEntries(pairs) : null;
}

function pairOf(part: string): [string, string] | null {
  const [name, value] = [part.slice(0, part.indexOf('=')).trim(), part.slice(part.indexOf('=') + 1).trim()];
  if (!part.includes('=') || name === '') return null;
  try {
    return [decodeURIComponent(name), decodeURIComponent(value)];
  } catch {
    return null;
  }
}

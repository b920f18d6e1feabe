const longest = 300;

/**
 * An error's own words without what they may carry along: addresses (which may be signed), queries, and what is quoted
 * out of answers.
 */
export function plainText(text: string): string {
  return text
    .replaceAll(/\b[a-z][a-z0-9+.-]*:\/\/\S+/gi, '[address]')
    .replaceAll(/\?\S+/g, '?…')
    .replace(/".*"/s, '"…"')
    .slice(0, longest);
}

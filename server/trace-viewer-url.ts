const mark = '{trace_id}';

/** What is wrong with the address of a trace, in words that follow the name of its variable; null when nothing is. */
export function mistakeInTraceViewerUrl(template: string): string | null {
  const url = URL.parse(template.replaceAll(mark, '0'.repeat(32)));
  if (!template.includes(mark) || !url || !['http:', 'https:'].includes(url.protocol)) {
    return `must be an http or https address with ${mark} in it, such as https://traces.example.org/trace/${mark}`;
  }
  if (URL.parse(template.replaceAll(mark, ''))?.origin !== url.origin) return `must have ${mark} behind the host`;
  return url.username + url.password === '' ? null : 'is shown to everybody: leave user and password out';
}

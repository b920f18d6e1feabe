/** Any text as a part of a Redis key: without control characters and broken letters, and never like that of another text. */
export function plain(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

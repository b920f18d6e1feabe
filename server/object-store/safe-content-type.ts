const wellFormed = /^[\w.+-]+\/[\w.+-]+(?:\s*;\s*[\w.+-]+=(?:[\w.+-]+|"[\w .:+-]*"))*$/;

/** A type as the source told it, where it can stand in a header; else that of plain bytes. */
export function safeContentType(type: string): string {
  return wellFormed.test(type) ? type : 'application/octet-stream';
}

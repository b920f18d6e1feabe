export interface ContentRange {
  readonly start: number;
  readonly end: number;
  readonly total: number;
}

/** Which bytes a 206 brings; null unless all three numbers stand there and fit. */
export function contentRangeOf(header: string | null): ContentRange | null {
  const [, ...numbers] = /^bytes (\d{1,15})-(\d{1,15})\/(\d{1,15})$/i.exec(header ?? '') ?? [];
  const [start, end, total] = numbers.map(Number);
  if (start === undefined || end === undefined || total === undefined) return null;
  return start <= end && end < total ? { start, end, total } : null;
}

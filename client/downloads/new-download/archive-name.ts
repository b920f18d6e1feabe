import type { WantedFile } from '../intent.ts';

const shortest = 3;

/** A name for the ZIP: what the chosen names have in common at their start, or at least the most of them. */
export function suggestArchiveName(files: readonly Pick<WantedFile, 'fileName'>[]): string {
  const stems = files.map(({ fileName }) => (fileName ?? '').replace(/\.[a-z0-9]{1,10}$/i, ''));
  const [first = '', ...rest] = stems;
  const shared = tidy(rest.reduce(commonStart, first));
  if (shared.length >= shortest) return shared;
  const starts = stems.flatMap((one, index) => stems.slice(index + 1).map((other) => tidy(commonStart(one, other))));
  const usable = starts.filter((start) => start.length >= shortest);
  const support = (start: string) => stems.filter((stem) => stem.startsWith(start)).length;
  const [best] = usable.toSorted((a, b) => support(b) - support(a) || b.length - a.length);
  return best ?? 'downloads';
}

function commonStart(one: string, other: string): string {
  let length = 0;
  while (length < one.length && one[length] === other[length]) length++;
  return one.slice(0, length);
}

/** Without a piece of a word, a separator or a lone number at the end. */
function tidy(start: string): string {
  return start.replace(/[\s._-]+\d*$/, '').trim();
}

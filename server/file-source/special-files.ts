export type Behaviour = 'fails-twice' | 'forbidden' | 'size-unknown' | 'silent';

/** A simulated file for showing what happens when a source misbehaves. */
export interface SpecialFile {
  readonly fileName: string;
  readonly behaviour: Behaviour;
}

/** Found by their number only; the catalogue leaves them out. */
const specialFiles = new Map<number, SpecialFile>([
  [99_999_901, { fileName: 'fails-twice-then-succeeds.csv', behaviour: 'fails-twice' }],
  [99_999_902, { fileName: 'access-always-refused.pdf', behaviour: 'forbidden' }],
  [99_999_903, { fileName: 'size-not-known-beforehand.json', behaviour: 'size-unknown' }],
  [99_999_904, { fileName: 'never-answers.bin', behaviour: 'silent' }],
]);

export function specialFileOf(fileId: number): SpecialFile | null {
  return specialFiles.get(fileId) ?? null;
}

/** Whether a file or folder of this name exists for those who ask. What begins with a dot is meant to be overlooked. */
export function isVisibleName(name: string): boolean {
  return name !== '' && !name.startsWith('.');
}

const extensionOf = /(?:\.tar)?\.[^\s./\\]{1,16}$/iu;

/** Parts a file name before its extension; `.tar.gz` counts as one, and a leading dot begins none. */
export function splitName(name: string): { stem: string; extension: string } {
  const index = name.search(extensionOf);
  if (index <= 0 || name[index - 1] === '/') return { stem: name, extension: '' };
  return { stem: name.slice(0, index), extension: name.slice(index) };
}

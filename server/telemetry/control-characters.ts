/** What moves a cursor, ends a line or turns the direction of text in some terminal or viewer. */
// oxlint-disable-next-line no-control-regex -- they are what is looked for
const control = /[\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g;
/** Those of them that JSON lets stand as they are. */
const unescaped = /[\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g;

/** A line of JSON in which each of them is an escape. They stand in strings only, where the escape means the same. */
export function escapeInJson(line: string): string {
  return line.replace(unescaped, escaped);
}

/** A text in which each of them is written out, for a terminal. */
export function writeOut(text: string): string {
  return text.replace(control, escaped);
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

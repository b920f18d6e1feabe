const longestText = 4000;

/** An address up to its query; user and password stand before the `@`. */
const beforeQuery = /\b([a-z][a-z\d+.-]{1,14}:\/\/)(?:[^\s/?#"'<>@]*@)+/gi;
/** What a query or a fragment of parameters looks like, also of an address without its origin. */
const parameters = /[?#&][\w.~%[\]-]{1,100}=[^\s"'<>]*/g;

/**
 * A text from elsewhere, such as an error's message, without what may be a secret in the addresses it names: passwords, keys
 * and signatures stand before the host or behind the path. Nothing that leaves the process is longer than this.
 */
export function safeText(text: string): string {
  return text.slice(0, longestText).replace(beforeQuery, '$1').replace(parameters, '?…');
}

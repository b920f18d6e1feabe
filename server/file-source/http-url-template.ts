const mark = '{file_id}';

/**
 * Addresses of files, made of a template with `{file_id}` in its path or query. It may carry a password or a token, so
 * nothing here ever says it: neither a mistake nor `host`.
 */
export class HttpUrlTemplate {
  /** For telling operators where files come from. */
  readonly host: string;
  /** Whom the credentials are for. */
  readonly origin: string;
  /** What `user:password@` stands for; null without it. */
  readonly authorization: string | null;
  readonly #text: string;

  /** Throws with `mistakeInUrlTemplate`. */
  constructor(text: string) {
    const mistake = mistakeInUrlTemplate(text);
    if (mistake !== null) throw new Error(mistake);
    const { host, origin, username, password } = parsed(text, 1)!;
    this.host = host;
    this.origin = origin;
    this.authorization = basic(username, password);
    this.#text = text;
  }

  urlOf(fileId: number): URL {
    const url = parsed(this.#text, fileId)!;
    url.username = '';
    url.password = '';
    url.hash = '';
    return url;
  }
}

/** What is wrong with a template, in words that follow the name of its variable; null when nothing is. */
export function mistakeInUrlTemplate(text: string): string | null {
  const [one, another] = [parsed(text, 1), parsed(text, 2)];
  if (!one || !another || !['http:', 'https:'].includes(one.protocol)) {
    return 'must be an http or https address with {file_id} in it, such as https://files.example.org/{file_id}';
  }
  if (one.pathname + one.search === another.pathname + another.search) return 'must have {file_id} in its path or query';
  if (one.origin !== another.origin || one.username !== another.username || one.password !== another.password) {
    return 'must have {file_id} nowhere but in its path or query';
  }
  if (decoded(one.username) === null || decoded(one.password) === null) return 'has a user or password with a % that is not percent-encoded';
  return null;
}

function parsed(text: string, fileId: number): URL | null {
  return URL.parse(text.replaceAll(mark, String(fileId)));
}

function basic(username: string, password: string): string | null {
  if (username === '' && password === '') return null;
  return `Basic ${Buffer.from(`${decoded(username)}:${decoded(password)}`).toString('base64')}`;
}

function decoded(part: string): string | null {
  try {
    return decodeURIComponent(part);
  } catch {
    return null;
  }
}

import { randomBytes } from 'node:crypto';

/** Too short a text is found by chance. */
const shortest = 8;

/** What must be nowhere, by what it is. */
export class Secrets {
  readonly #texts = new Map<string, string>();

  /** Makes one up. */
  plant(what: string): string {
    const text = `hush${randomBytes(12).toString('hex')}`;
    this.#texts.set(what, text);
    return text;
  }

  /** One that was made by somebody else. */
  add(what: string, text: string): void {
    if (text.length < shortest) throw new Error(`${what} is too short to be looked for.`);
    this.#texts.set(what, text);
  }

  /** That which makes a link a secret: its signature, and whatever else names keys. */
  addLink(what: string, link: string): void {
    for (const [name, value] of new URL(link).searchParams) {
      if (/signature|credential|token/i.test(name)) this.add(`${what}: ${name}`, value);
    }
  }

  get names(): string[] {
    return [...this.#texts.keys()];
  }

  /** Which of them stand in which of these places, in whatever spelling. */
  foundIn(places: Readonly<Record<string, string>>): string[] {
    return Object.entries(places).flatMap(([place, text]) =>
      [...this.#texts].filter(([, secret]) => spellings(secret).some((spelling) => text.includes(spelling))).map(([what]) => `${what} in ${place}`),
    );
  }
}

/** As it is, as it is in addresses, in JSON, and behind `Basic`, whatever stands before it there. */
function spellings(secret: string): string[] {
  const shifted = ['', 'x', 'xx'].map((before) => Buffer.from(before + secret).toString('base64').slice(before.length === 0 ? 0 : 4).replace(/.{0,3}=*$/, ''));
  return [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1), ...shifted].filter((text) => text.length >= shortest);
}

/** What an attempt to add to a line came to. */
export type Attempt<Answer> =
  /** It was added, with so many before it in the line, or is not to be: null. */
  | { readonly answer: Answer; readonly waiting: number | null }
  /** So many were in the line, and for that it was not prepared. */
  | { readonly missedAt: number };

/** Makes an attempt that is prepared for so many in line, and for some more. */
type Prepared<Answer> = (from: number, count: number) => Promise<Attempt<Answer>>;

interface Line {
  /** How many were in it when last heard of. */
  known: number;
  /** How many attempts are on their way to it. */
  open: number;
  /** Ends with the turn of the last who missed. */
  turn: Promise<unknown>;
}

const rememberedLines = 1000;

/**
 * A place depends on how many of its owner are in line, and only Redis knows that; only we know what it means. So places
 * are sent for the likely numbers, and nearly always one of them fits. Who misses takes turns with the others of this
 * process: their retries then meet those of other processes only, and come to so many in all, not to its square.
 */
export class Lines {
  readonly #lines = new Map<string, Line>();

  async add<Answer>(owner: string, attempt: Prepared<Answer>): Promise<Answer> {
    const line = this.#lineOf(owner);
    const first = await tryAhead(line, attempt);
    if ('answer' in first) return first.answer;
    const turn = line.turn.then(() => tryUntilDone(line, attempt));
    line.turn = turn.catch(() => {});
    return turn;
  }

  #lineOf(owner: string): Line {
    const line = this.#lines.get(owner) ?? { known: 0, open: 0, turn: Promise.resolve() };
    this.#lines.delete(owner);
    this.#lines.set(owner, line);
    const [oldest] = this.#lines.keys();
    if (this.#lines.size > rememberedLines) this.#lines.delete(oldest!);
    return line;
  }
}

/** They arrive in the order they are sent: those on their way will be in line before this one. */
async function tryAhead<Answer>(line: Line, attempt: Prepared<Answer>): Promise<Attempt<Answer>> {
  const likely = line.known + line.open;
  line.open += 1;
  try {
    return learn(line, await attempt(Math.max(0, likely - 2), 6));
  } finally {
    line.open -= 1;
  }
}

async function tryUntilDone<Answer>(line: Line, attempt: Prepared<Answer>): Promise<Answer> {
  for (;;) {
    const next = learn(line, await attempt(Math.max(0, line.known - 16), 64));
    if ('answer' in next) return next.answer;
  }
}

function learn<Answer>(line: Line, attempt: Attempt<Answer>): Attempt<Answer> {
  if ('missedAt' in attempt) line.known = attempt.missedAt;
  else if (attempt.waiting !== null) line.known = attempt.waiting + 1;
  return attempt;
}

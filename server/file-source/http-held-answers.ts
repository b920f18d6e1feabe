import type { HttpAnswer } from './http-client.ts';

/** From finding a file to reading it there is little more than one write of a record. */
const heldMs = 5000;
const mostHeld = 32;

/** Takes the answer, once, and null when it has been let go of. */
export type TakeAnswer = () => HttpAnswer | null;

/**
 * Answers whose head was needed before anybody reads their body. They are kept for a moment, so that an upstream that
 * takes minutes for a file need not begin again; nobody may come for them, so then they are let go of.
 */
export class HttpHeldAnswers {
  readonly #held = new Map<HttpAnswer, NodeJS.Timeout>();

  hold(answer: HttpAnswer): TakeAnswer {
    const [oldest] = this.#held.keys();
    if (oldest && this.#held.size === mostHeld) this.#drop(oldest);
    this.#held.set(answer, setTimeout(() => this.#drop(answer), heldMs));
    return () => (this.#forget(answer) && !answer.body.destroyed ? answer : null);
  }

  close(): void {
    for (const answer of this.#held.keys()) this.#drop(answer);
  }

  #drop(answer: HttpAnswer): void {
    this.#forget(answer);
    answer.body.destroy();
  }

  #forget(answer: HttpAnswer): boolean {
    clearTimeout(this.#held.get(answer));
    return this.#held.delete(answer);
  }
}

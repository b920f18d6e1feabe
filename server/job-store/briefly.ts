/** Asks at most once in so many ms, however many want to know; all get the same answer. A failure is not kept. */
export function briefly<Answer>(ms: number, ask: () => Promise<Answer>): () => Promise<Answer> {
  let asked: { readonly answer: Promise<Answer>; readonly at: number } | null = null;
  return () => {
    const now = performance.now();
    if (asked && now - asked.at < ms) return asked.answer;
    const answer = ask();
    const current = { answer, at: now };
    asked = current;
    answer.catch(() => {
      if (asked === current) asked = null;
    });
    return answer;
  };
}

import type { ReceivedSpan } from './otlp-receiver.ts';

type Tree = { readonly [name: string]: Tree };

/** The spans of one trace as names inside of names, which says what belongs to what, and nothing of when. Of several with one name it keeps what all of them hold. */
export function spanTree(spans: readonly ReceivedSpan[]): Tree {
  const known = new Set(spans.map(({ spanId }) => spanId));
  const top = spans.filter(({ parentSpanId }) => !known.has(parentSpanId ?? ''));
  return branch(top, spans);
}

function branch(these: readonly ReceivedSpan[], all: readonly ReceivedSpan[]): Tree {
  const names = [...new Set(these.map(({ name }) => name))];
  return Object.fromEntries(
    names.map((name) => {
      const same = new Set(these.filter((span) => span.name === name).map(({ spanId }) => spanId));
      return [name, branch(all.filter(({ parentSpanId }) => same.has(parentSpanId ?? '')), all)];
    }),
  );
}

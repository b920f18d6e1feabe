import type { ReceivedSpan } from './otlp-receiver.ts';

const kinds = ['', 'internal', 'server', 'client', 'producer', 'consumer'];

/** One trace as lines to read: what belongs to what, who did it, when it began, how long it took, and what is told of it. */
export function spanLines(spans: readonly ReceivedSpan[]): string[] {
  const known = new Set(spans.map(({ spanId }) => spanId));
  const beganAt = Math.min(...spans.map(startOf));
  const rows = branch(spans.filter(({ parentSpanId }) => !known.has(parentSpanId ?? '')), spans, 0).map(({ span, depth }) => ({
    name: `${'  '.repeat(depth)}${span.name}`,
    who: String(span.resource['download.role'] ?? 'page'),
    kind: kinds[span.kind] ?? '',
    times: `+${(startOf(span) - beganAt).toFixed(0)} ms`.padStart(10) + `${(endOf(span) - startOf(span)).toFixed(1)} ms`.padStart(12),
    facts: factsOf(span),
  }));
  const width = (key: 'name' | 'who' | 'kind') => Math.max(...rows.map((row) => row[key].length));
  const [names, whos, kindWidth] = [width('name'), width('who'), width('kind')];
  return rows.map(({ name, who, kind, times, facts }) => `${name.padEnd(names)}  ${who.padEnd(whos)}  ${kind.padEnd(kindWidth)} ${times}  ${facts}`.trimEnd());
}

function branch(these: readonly ReceivedSpan[], all: readonly ReceivedSpan[], depth: number): { span: ReceivedSpan; depth: number }[] {
  return these
    .toSorted((one, other) => startOf(one) - startOf(other))
    .flatMap((span) => [{ span, depth }].concat(branch(all.filter(({ parentSpanId }) => parentSpanId === span.spanId), all, depth + 1)));
}

/** What the name does not say already. */
function factsOf({ attributes, links, status }: ReceivedSpan): string {
  const told = Object.entries(attributes).filter(([key]) => !/^(?:http\.request\.method|http\.route|url\.template|db\.|rpc\.)/.test(key));
  const facts = told.map(([key, value]) => `${key}=${value}`);
  return [...(status.code === 2 ? ['FAILED'] : []), ...facts, ...links.map(({ traceId }) => `see ${traceId}`)].join(' ');
}

function startOf({ startTimeUnixNano }: ReceivedSpan): number {
  return Number(BigInt(startTimeUnixNano) / 1000n) / 1000;
}

function endOf({ endTimeUnixNano }: ReceivedSpan): number {
  return Number(BigInt(endTimeUnixNano) / 1000n) / 1000;
}

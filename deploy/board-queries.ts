import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

interface Board {
  readonly panels: readonly { readonly title: string; readonly targets?: readonly { readonly expr: string }[] }[];
  readonly annotations: { readonly list: readonly { readonly name: string; readonly expr: string }[] };
}

export interface BoardQuery {
  readonly title: string;
  readonly query: string;
}

/** Every query of the shipped board, with what Grafana fills in. */
export function boardQueries(): BoardQuery[] {
  const { panels, annotations } = JSON.parse(readFileSync(join(import.meta.dirname, 'grafana/boards/downloads.json'), 'utf8')) as Board;
  const drawn = panels.flatMap(({ title, targets = [] }) => targets.map(({ expr }) => ({ title, query: expr })));
  const marked = annotations.list.map(({ name, expr }) => ({ title: name, query: expr }));
  return [...drawn, ...marked].map(({ title, query }) => ({ title, query: query.replaceAll('$__rate_interval', '5m') }));
}

interface Rules {
  readonly groups: readonly { readonly rules: readonly { readonly record?: string; readonly alert?: string; readonly expr: string }[] }[];
}

/** Every rule of the shipped file: what it is called and what it asks. */
export function shippedRules() {
  const { groups } = parse(readFileSync(join(import.meta.dirname, 'prometheus/rules.yml'), 'utf8')) as Rules;
  return groups.flatMap(({ rules }) => rules);
}

const noNames = new Set(['by', 'and', 'or', 'on', 'without', 'unless', 'ignoring', 'bool', 'offset']);

/** The metrics that a query names. Text in quotes, labels and functions are none. */
export function metricsIn(query: string): string[] {
  const bare = query.replaceAll(/"(?:[^"\\]|\\.)*"/g, '').replaceAll(/\{[^}]*\}|\[[^\]]*\]/g, '').replaceAll(/\b(?:by|on|without|ignoring)\s*\([^)]*\)/g, '');
  return [...bare.matchAll(/(?<![\w.])[a-zA-Z_:][\w:]*(?![\w:]*\s*\()/g)].map(([name]) => name).filter((name) => !noNames.has(name));
}

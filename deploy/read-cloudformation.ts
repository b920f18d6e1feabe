import { parse } from 'yaml';

/** A template with `!Ref X` as `{ Ref: 'X' }` and so on, as its JSON form has it. */
export interface Template {
  readonly Parameters: Record<string, unknown>;
  readonly Resources: Record<string, { readonly Type: string; readonly Properties: Record<string, unknown> }>;
  readonly Outputs: Record<string, unknown>;
}

/** Throws for YAML that is not well formed, a key that stands twice, and a function that is not known here. */
export function readCloudFormation(text: string): Template {
  const customTags = ['Ref', 'GetAtt'].map((name) => ({
    tag: `!${name}`,
    resolve: (argument: string) => ({ [name]: argument }),
  }));
  return parse(text, { customTags, strict: true, logLevel: 'error' }) as Template;
}

/** The names that a part of a template refers to. */
export function referencesIn(part: unknown): string[] {
  if (Array.isArray(part)) return part.flatMap(referencesIn);
  if (typeof part !== 'object' || part === null) return [];
  return Object.entries(part).flatMap(([key, value]: [string, unknown]) => {
    if (key === 'Ref') return [String(value)];
    return key === 'GetAtt' ? [String(value).split('.')[0]!] : referencesIn(value);
  });
}

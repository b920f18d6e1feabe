import { describe, expect, it } from 'vitest';
import { UniqueNames } from './unique-names.ts';

describe('UniqueNames', () => {
  it('numbers doubles before the extension, whatever their case and form', () => {
    const names = new UniqueNames();
    expect(['Plan.pdf', 'plan.PDF', 'Plan.pdf', 'caf\u00e9', 'CAFE\u0301'].map((name) => names.take(name))).toEqual([
      'Plan.pdf',
      'plan (2).PDF',
      'Plan (3).pdf',
      'caf\u00e9',
      'CAFE\u0301 (2)',
    ]);
  });

  it('steps over a name that only looks like a double', () => {
    const names = new UniqueNames();
    expect(['a (2).txt', 'a.txt', 'a.txt', 'a (2).txt'].map((name) => names.take(name))).toEqual([
      'a (2).txt',
      'a.txt',
      'a (3).txt',
      'a (2) (2).txt',
    ]);
  });

  it('knows two-part extensions, dot files and folders', () => {
    const names = new UniqueNames();
    const take = (name: string) => [names.take(name), names.take(name)][1];
    expect(take('x.tar.gz')).toBe('x (2).tar.gz');
    expect(take('.env')).toBe('.env (2)');
    expect(take('a.b/.env')).toBe('a.b/.env (2)');
    expect(take('a.b/c')).toBe('a.b/c (2)');
    expect([names.takeFolder('v1.2'), names.takeFolder('V1.2')]).toEqual(['v1.2', 'V1.2 (2)']);
  });

  it('stays quick with thousands of the same name', () => {
    const names = new UniqueNames();
    const taken = Array.from({ length: 20_000 }, () => names.take('same.txt'));
    expect(taken.at(-1)).toBe('same (20000).txt');
    expect(new Set(taken).size).toBe(20_000);
  });
});

import { describe, expect, it } from 'vitest';
import { safeName, safePath } from './safe-name.ts';

describe('safeName', () => {
  it.each([
    ['Übersicht März – final.pdf', 'Übersicht März – final.pdf'],
    ['港口.laz', '港口.laz'],
    ['👩‍🚀.png', '👩‍🚀.png'],
    ['.gitignore', '.gitignore'],
    ['a/b\\c:d*e?f"g<h>i|j', 'a_b_c_d_e_f_g_h_i_j'],
    ['line\r\nSet-Cookie: x\u0000', 'lineSet-Cookie_ x'],
    ['invoice\u202Efdp.exe', 'invoicefdp.exe'],
    ['  padded. . ', 'padded'],
    ['lone \uD800 surrogate', 'lone \uFFFD surrogate'],
    ['..', ''],
    ['', ''],
  ])('makes %j into %j', (name, safe) => {
    expect(safeName(name)).toBe(safe);
  });

  it('shortens what a file system cannot keep, at a whole character, and keeps the extension', () => {
    const name = safeName(`${'ü'.repeat(300)}.tar.gz`);
    expect(name).toMatch(/^ü+\.tar\.gz$/);
    expect(Buffer.byteLength(name)).toBeGreaterThan(235);
    expect(Buffer.byteLength(name)).toBeLessThanOrEqual(240);
  });
});

describe('safePath', () => {
  it.each([
    ['a/b/c.txt', 'a/b/c.txt'],
    ['../../etc/passwd', 'etc/passwd'],
    ['/etc//./passwd', 'etc/passwd'],
    ['C:/Windows/system.ini', 'C_/Windows/system.ini'],
    ['a\\..\\b', 'a_.._b'],
    ['...', 'file'],
  ])('makes %j into %j', (path, safe) => {
    expect(safePath(path)).toBe(safe);
  });
});

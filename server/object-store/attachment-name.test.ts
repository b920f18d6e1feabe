import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { attachmentHeader, attachmentName } from './attachment-name.ts';

describe('the name of an attachment', () => {
  it.each([
    ['report.pdf', 'report.pdf'],
    ['../../etc/passwd', '.._.._etc_passwd'],
    ['C:\\windows\\a.exe', 'C:_windows_a.exe'],
    ['invoice\u202Efdp.exe', 'invoicefdp.exe'],
    ['two\r\nlines.txt', 'twolines.txt'],
    ['.gitignore', '.gitignore'],
    ['trailing. . ', 'trailing'],
    ['..', 'download'],
    [' ', 'download'],
    ['', 'download'],
  ])('of %j is %j', (given, name) => {
    expect(attachmentName(given)).toBe(name);
  });

  it.each(['x', 'é', '日', '🚀'])('of 300 times %j is cut between characters and keeps its extension', (character) => {
    const name = attachmentName(`${character.repeat(300)}.tar`);
    expect(name).toMatch(new RegExp(`^(?:${character})+\\.tar$`, 'u'));
    expect(Buffer.byteLength(name)).toBeLessThanOrEqual(255);
    expect(Buffer.byteLength(name)).toBeGreaterThan(250);
  });

  it.each([
    ['report.pdf', 'attachment; filename=report.pdf'],
    ['my report.pdf', 'attachment; filename="my report.pdf"'],
    ['résumé 日本 🚀.pdf', `attachment; filename="resume __ _.pdf"; filename*=UTF-8''r%C3%A9sum%C3%A9%20%E6%97%A5%E6%9C%AC%20%F0%9F%9A%80.pdf`],
  ])('of %j stands in the header as %s', (given, header) => {
    expect(attachmentHeader(given)).toBe(header);
  });

  it('of whatever text fits into one header line and one folder', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (given) => {
        const name = attachmentName(given);
        expect(name).not.toMatch(/[\p{Cc}/\\]|^\.{0,2}$/u);
        expect(Buffer.byteLength(name)).toBeLessThanOrEqual(255);
        expect(attachmentName(name)).toBe(name);
        expect(attachmentHeader(given)).toMatch(/^[\x20-\x7E]+$/);
      }),
    );
  });
});

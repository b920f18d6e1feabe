import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { attachmentHeader, attachmentName } from './attachment-name.ts';

it('is never empty and never a path', () => {
  expect(['report.pdf', '../../etc/passwd', '..', ' ', ''].map(attachmentName)).toEqual([
    'report.pdf',
    '.._.._etc_passwd',
    'download',
    'download',
    'download',
  ]);
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

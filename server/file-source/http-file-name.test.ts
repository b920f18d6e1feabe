import { expect, it } from 'vitest';
import { httpFileName } from './http-file-name.ts';

const url = new URL('https://files.example.org/files/70412?token=t');
const named = (disposition: string | null, at = url, type: string | null = null) => httpFileName(disposition, at, type);

it.each([
  ['attachment; filename="harbour survey.tif"', 'harbour survey.tif'],
  ["attachment; filename=\"EURO.txt\"; filename*=UTF-8''%E2%82%AC.txt", '€.txt'],
  ["attachment; filename*=iso-8859-1'en'%A3.txt", '£.txt'],
  ['inline; filename=my file.pdf', 'my file.pdf'],
  ['attachment; filename="a \\"b\\".txt"', 'a "b".txt'],
  [`attachment; filename="${Buffer.from('Übersicht.pdf').toString('latin1')}"`, 'Übersicht.pdf'],
  ['attachment; filename="\u00dcbersicht.pdf"', 'Übersicht.pdf'],
  ['attachment; filename="../../etc/passwd"', 'passwd'],
  ['attachment; filename="C:\\\\Temp\\\\plan.pdf"', 'plan.pdf'],
])('reads %s', (disposition, name) => {
  expect(named(disposition)).toBe(name);
});

it.each([null, 'attachment', 'attachment; filename=""', 'attachment; filename="/"', 'attachment; filename="unended', 'nonsense'])('takes the end of the address where %j names nothing', (disposition) => {
  expect(named(disposition)).toBe('70412');
});

it('decodes the end of the address, and takes it as it is where that cannot be', () => {
  expect(named(null, new URL('https://files.example.org/tide%20table.csv/'))).toBe('tide table.csv');
  expect(named(null, new URL('https://files.example.org/100%.csv'))).toBe('100%.csv');
  expect(named(null, new URL('https://files.example.org/?id=1'))).toBeNull();
});

it('gives a bare number the ending of its type, where that is known', () => {
  expect(named(null, url, 'application/pdf')).toBe('70412.pdf');
  expect(named(null, url, 'application/octet-stream')).toBe('70412');
  expect(named(null, url, 'application/x-unheard-of')).toBe('70412');
  expect(named(null, new URL('https://files.example.org/plan.dwg'), 'application/pdf')).toBe('plan.dwg');
});

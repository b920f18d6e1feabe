import { expect, it } from 'vitest';
import { httpFileFacts } from './http-file-facts.ts';
import type { HttpHeaders } from './http-headers.ts';

const factsOf = (headers: HttpHeaders, address = 'https://files.example.org/70412') => httpFileFacts(70_412, { headers, url: new URL(address) });
const long = { 'last-modified': 'Tue, 03 Mar 2026 10:00:00 GMT', date: 'Tue, 03 Mar 2026 11:00:00 GMT' };

it('takes a strong entity tag for the version', () => {
  expect(factsOf({ etag: '"a-1"', ...long, 'content-length': '9' }).version).toBe('"a-1"');
});

it('takes the moment of change with the size where there is no strong tag', () => {
  expect(factsOf({ etag: 'W/"a"', ...long, 'content-length': '9' }).version).toBe('Tue, 03 Mar 2026 10:00:00 GMT 9');
});

it.each<HttpHeaders>([
  {},
  { etag: 'W/"a"' },
  { etag: 'a' },
  { etag: ['"a"', '"b"'] },
  { ...long },
  { ...long, date: long['last-modified'], 'content-length': '9' },
  { 'last-modified': long['last-modified'], 'content-length': '9' },
  { 'last-modified': 'yesterday', date: long.date, 'content-length': '9' },
])('tells no version from %j', (headers) => {
  expect(factsOf(headers).version).toBeNull();
});

it('tells the type as it is said, without its parameters, else by the name', () => {
  expect(factsOf({ 'content-type': 'Text/CSV; charset=utf-8' }).contentType).toBe('text/csv');
  expect(factsOf({ 'content-type': 'nonsense' }, 'https://files.example.org/plan.pdf').contentType).toBe('application/pdf');
  expect(factsOf({}).contentType).toBe('application/octet-stream');
});

it.each([['12', 12], ['0', 0], ['', null], ['-1', null], ['1e3', null], [undefined, null]])('reads a length of %j as %j', (length, size) => {
  expect(factsOf({ 'content-length': length }).size).toBe(size);
});

it('names a file by its number where nothing else does', () => {
  expect(factsOf({}, 'https://files.example.org/?id=70412').fileName).toBe('file-70412');
});

import { expect, it } from 'vitest';
import { HttpUrlTemplate, mistakeInUrlTemplate } from './http-url-template.ts';

it('puts the number in, and takes password and fragment out', () => {
  const template = new HttpUrlTemplate('https://ada:p%40ss@files.example.org/a/{file_id}?token=t&id={file_id}#top');
  expect(template.urlOf(70_412).href).toBe('https://files.example.org/a/70412?token=t&id=70412');
  expect(template).toMatchObject({ host: 'files.example.org', origin: 'https://files.example.org' });
  expect(template.authorization).toBe(`Basic ${Buffer.from('ada:p@ss').toString('base64')}`);
  expect(new HttpUrlTemplate('http://files.example.org/{file_id}').authorization).toBeNull();
});

it.each([
  ['', 'must be an http or https address'],
  ['files.example.org/{file_id}', 'must be an http or https address'],
  ['ftp://files.example.org/{file_id}', 'must be an http or https address'],
  ['https://files.example.org/s3cret', 'must have {file_id} in its path or query'],
  ['https://files.example.org/#{file_id}', 'must have {file_id} in its path or query'],
  ['https://f{file_id}.example.org/s3cret/{file_id}', 'nowhere but in its path or query'],
  ['https://{file_id}:s3cret@files.example.org/{file_id}', 'nowhere but in its path or query'],
  ['https://ada:s3cret%zz@files.example.org/{file_id}', 'percent-encoded'],
])('names the mistake in %j, without what may be secret', (text, mistake) => {
  expect(mistakeInUrlTemplate(text)).toContain(mistake);
  expect(mistakeInUrlTemplate(text)).not.toContain('s3cret');
  expect(() => new HttpUrlTemplate(text)).toThrow(mistake);
});

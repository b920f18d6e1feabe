import { expect, it } from 'vitest';
import { redirectTarget } from './http-redirect.ts';

const from = new URL('https://files.example.org/a/70412?token=t');

it.each([
  ['b/c.pdf', 'https://files.example.org/a/b/c.pdf'],
  ['//other.example.org/x', 'https://other.example.org/x'],
  ['https://ada:secret@other.example.org/x#part', 'https://other.example.org/x'],
])('leads with %j to %j', (location, target) => {
  expect(redirectTarget(from, location)?.href).toBe(target);
});

it.each([null, 'http://files.example.org/a', 'ftp://files.example.org/a', 'file:///etc/passwd', 'https://[bad'])('does not lead with %j anywhere', (location) => {
  expect(redirectTarget(from, location)).toBeNull();
});

it('may lead from an open line to an encrypted one, and to another open one', () => {
  for (const target of ['https://b.example.org/', 'http://b.example.org/']) {
    expect(redirectTarget(new URL('http://a.example.org/'), target)?.href).toBe(target);
  }
});

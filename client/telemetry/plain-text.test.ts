import { expect, test } from 'vitest';
import { plainText } from './plain-text.ts';

test.each([
  ['Cannot read properties of undefined (reading \'settled\')', 'Cannot read properties of undefined (reading \'settled\')'],
  ['Failed to load https://s3.example.org/b/k/plan.pdf?X-Amz-Signature=0a1b now', 'Failed to load [address] now'],
  ['GET /objects/obj_1?signature=0a1b failed', 'GET /objects/obj_1?… failed'],
  ['Unexpected token \'<\', "{"fileName":"plan.pdf"}" is not valid JSON', 'Unexpected token \'<\', "…" is not valid JSON'],
  ['x'.repeat(1000), 'x'.repeat(300)],
])('keeps what an error says of the program and drops what it carries along: %s', (text, plain) => {
  expect(plainText(text)).toBe(plain);
});

import { render } from '@testing-library/react';
import { expect, test } from 'vitest';
import { FileName } from './file-name.tsx';

const drawn = (name: string, marked?: string) => {
  const { container } = render(marked === undefined ? <FileName name={name} /> : <FileName name={name} marked={marked} />);
  const parts = ['.file-stem', '.file-ending'].map((part) => container.querySelector(part)?.innerHTML);
  container.remove();
  return parts;
};

test('keeps the extension apart from the stem that may be shortened', () => {
  expect(drawn('survey.2026.tar.gz')).toEqual(['survey.2026', '.tar.gz']);
  expect(drawn('README')).toEqual(['README', '']);
  expect(drawn('.env')).toEqual(['.env', '']);
});

test('marks what was searched for, also across the dot, and nothing that is not there', () => {
  expect(drawn('Survey.csv', 'surv')).toEqual(['<mark>Surv</mark>ey', '.csv']);
  expect(drawn('survey.csv', 'vey.c')).toEqual(['sur<mark>vey</mark>', '<mark>.c</mark>sv']);
  expect(drawn('survey.csv', 'x')).toEqual(['survey', '.csv']);
});

test('shows markup in a name as text', () => {
  expect(drawn('"><img src=x onerror=alert(1)>.csv', 'img')[0]).toBe('"&gt;&lt;<mark>img</mark> src=x onerror=alert(1)&gt;');
});

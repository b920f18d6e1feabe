import { beforeEach, expect, test } from 'vitest';
import { changeView, currentView, viewIn } from './view.ts';

beforeEach(() => window.history.replaceState(null, '', '/'));

test('an address says what is shown, and nothing where it is as usual', () => {
  changeView({ filter: 'failed', search: 'tide & time', sort: 'size' });
  expect(window.location.search).toBe('?show=failed&q=tide+%26+time&sort=size');
  expect(currentView()).toEqual({ filter: 'failed', search: 'tide & time', sort: 'size' });
  changeView({ filter: 'all', search: '', sort: 'newest' });
  expect(window.location.href).toBe(`${window.location.origin}/`);
});

test('an address that makes no sense shows everything', () => {
  expect(viewIn(new URL('http://localhost/?show=nothing&sort=colour'))).toEqual({ filter: 'all', search: '', sort: 'newest' });
});

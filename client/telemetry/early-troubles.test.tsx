import { act } from '@testing-library/react';
import { createRoot } from 'react-dom/client';
import { expect, test, vi } from 'vitest';
import { ErrorBoundary } from '../app/error-boundary.tsx';
import { troubleHooks } from './early-troubles.ts';
import { bringTelemetry, telemetryComes } from './telemetry.ts';
import type { Word } from './words.ts';

const heard: Word[] = [];
telemetryComes(() => Promise.resolve({ begin: vi.fn(), hear: (word) => heard.push(word), reporter: null }));

/** jsdom prints what it takes for uncaught; that is no complaint of the page. */
const unprinted = (event: Event) => event.preventDefault();

test('errors and rejections that nobody handles are told of', async () => {
  window.addEventListener('error', unprinted);
  const error = new Error('thrown');
  window.dispatchEvent(new ErrorEvent('error', { error, message: 'Uncaught Error: thrown', cancelable: true }));
  const rejection = Object.assign(new Event('unhandledrejection'), { reason: new Error('rejected') });
  window.dispatchEvent(rejection);
  await bringTelemetry();
  expect(heard).toMatchObject([{ error, how: 'error' }, { error: rejection.reason, how: 'rejection' }]);
  window.removeEventListener('error', unprinted);
});

test('what React notices is told of once, with where it happened', () => {
  heard.length = 0;
  window.addEventListener('error', unprinted);
  const error = new Error('cannot draw');
  function Broken(): never {
    throw error;
  }
  const root = createRoot(document.createElement('div'), troubleHooks);
  act(() => root.render(<ErrorBoundary><Broken /></ErrorBoundary>));
  expect(heard).toHaveLength(1);
  expect(heard[0]).toMatchObject({ error, how: 'caught' });
  expect(heard[0]).toHaveProperty('components', expect.stringContaining('Broken'));
  window.removeEventListener('error', unprinted);
});

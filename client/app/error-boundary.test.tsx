import { fireEvent, render, screen, waitFor } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { bringTelemetry, telemetryComes } from '../telemetry/telemetry.ts';
import type { Reference } from '../telemetry/words.ts';
import { ErrorBoundary } from './error-boundary.tsx';

const error = new Error('cannot draw');
const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
let reported: Reference | null = null;

function Broken(): never {
  throw error;
}

/** React tells of it twice on the console; that is what it should do, and no complaint. */
function crash() {
  vi.mocked(console.error).mockImplementation(() => {});
  const silence = (event: Event) => event.preventDefault();
  window.addEventListener('error', silence);
  render(<ErrorBoundary><Broken /></ErrorBoundary>);
  window.removeEventListener('error', silence);
  vi.mocked(console.error).mockClear();
}

test('a page that fails says so, and that the downloads go on, and offers the way back', async () => {
  crash();
  expect(screen.getByRole('alert').textContent).toContain('Your downloads go on.');
  expect(screen.getByRole('button', { name: 'Reload' })).toBeTruthy();
  const copied = vi.fn<Clipboard['writeText']>(() => Promise.resolve());
  vi.stubGlobal('navigator', { clipboard: { writeText: copied } });
  fireEvent.click(await screen.findByRole('button', { name: 'Copy details' }));
  expect(await screen.findByRole('button', { name: 'Details copied' })).toBeTruthy();
  expect(copied).toHaveBeenCalledExactlyOnceWith(error.stack);
  expect(screen.queryByText(/It was reported/)).toBeNull();
});

test('and where it was reported, its reference, and a word to whoever runs the service', async () => {
  reported = { traceId, jobId: null, errorCode: null, eventId: 'e' };
  telemetryComes(() => Promise.resolve({ begin: vi.fn(), hear: vi.fn(), reporter: { referenceOf: () => reported, sendFeedback: vi.fn() } }));
  await bringTelemetry();
  crash();
  expect(await screen.findByText(traceId)).toBeTruthy();
  fireEvent.click(screen.getByRole('button', { name: 'Tell us what happened' }));
  await waitFor(() => expect(screen.getByRole('dialog', { name: 'Tell us what happened' })).toBeTruthy());
});

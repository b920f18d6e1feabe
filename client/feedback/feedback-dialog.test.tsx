import { fireEvent, render, screen } from '@testing-library/react';
import { beforeAll, expect, test, vi } from 'vitest';
import { bringTelemetry, telemetryComes } from '../telemetry/telemetry.ts';
import type { Reporter } from '../telemetry/words.ts';
import FeedbackDialog from './feedback-dialog.tsx';

const about = { traceId: '4bf92f3577b34da6a3ce929d0e0e4736', jobId: 'dl_1', errorCode: 'internal', eventId: null };
const sendFeedback = vi.fn<Reporter['sendFeedback']>();

beforeAll(async () => {
  telemetryComes(() => Promise.resolve({ begin: vi.fn(), hear: vi.fn(), reporter: { referenceOf: () => null, sendFeedback } }));
  await bringTelemetry();
});

function write(message: string, email = '') {
  fireEvent.change(screen.getByLabelText(/What did you do/), { target: { value: message } });
  fireEvent.change(screen.getByLabelText(/Your email/), { target: { value: email } });
}

test('what somebody writes is sent with the reference of the failure, and its arrival is said', async () => {
  sendFeedback.mockResolvedValueOnce(true);
  const onClose = vi.fn();
  render(<FeedbackDialog about={about} onClose={onClose} />);
  expect(document.activeElement).toBe(screen.getByLabelText(/What did you do/));
  write('  It stopped at 62 percent. ', 'ada@example.org');
  fireEvent.click(screen.getByRole('button', { name: 'Send' }));
  expect((await screen.findByRole('status')).textContent).toContain('It has arrived');
  expect(sendFeedback).toHaveBeenCalledExactlyOnceWith({ message: 'It stopped at 62 percent.', email: 'ada@example.org', about });
  fireEvent.click(screen.getByText('Close'));
  expect(onClose).toHaveBeenCalled();
});

test('what could not be sent is kept, and said so', async () => {
  sendFeedback.mockClear().mockResolvedValueOnce(false).mockResolvedValueOnce(true);
  render(<FeedbackDialog about={about} onClose={() => {}} />);
  write('It stopped.');
  fireEvent.click(screen.getByRole('button', { name: 'Send' }));
  expect(await screen.findByText(/could not be sent/)).toBeTruthy();
  expect(screen.getByLabelText<HTMLTextAreaElement>(/What did you do/).value).toBe('It stopped.');
  fireEvent.click(screen.getByRole('button', { name: 'Send' }));
  expect(await screen.findByRole('status')).toBeTruthy();
  expect(sendFeedback).toHaveBeenLastCalledWith({ message: 'It stopped.', email: null, about });
});

test('nothing is sent that says nothing', () => {
  render(<FeedbackDialog about={about} onClose={() => {}} />);
  write('   ');
  expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Send' }).disabled).toBe(true);
});

import { fireEvent, render, screen } from '@testing-library/react';
import { describe, expect, test, vi } from 'vitest';
import { testTime } from '../testing/a-job.ts';
import { Headline } from './headline.tsx';

const words = { ready: '1 ready', rest: '5 on the way', lead: 'Next one in about 40 s.', shortLead: 'Next one in about 40 s.' };
const quiet = { words, knownAt: testTime, now: testTime, onTryNow: vi.fn(), onNew: vi.fn() };

describe('the headline block', () => {
  test('answers in a sentence', () => {
    render(<Headline {...quiet} connection={{ state: 'ok' }} />);
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('1 ready, 5 on the way');
  });

  test('says when the connection is gone, and when it tries again', () => {
    const onTryNow = vi.fn();
    const connection = { state: 'offline', nextTryAt: testTime + 5500 } as const;
    render(<Headline {...quiet} connection={connection} onTryNow={onTryNow} />);
    expect(screen.getByRole('heading', { name: 'No connection' })).toBeTruthy();
    expect(screen.getByText(/Next try in 6 s\./)).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Try now' }));
    expect(onTryNow).toHaveBeenCalledTimes(1);
  });

  test('asks to sign in again, and leaves that to the page', () => {
    render(<Headline {...quiet} connection={{ state: 'signed-out', nextTryAt: testTime }} />);
    expect(screen.getByRole('heading', { name: 'Please sign in again' })).toBeTruthy();
    expect(screen.getByText('Your downloads go on.')).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Sign in' })).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Try now' })).toBeNull();
  });

  test('tells a failing service from a missing connection, and still takes new requests', () => {
    render(<Headline {...quiet} connection={{ state: 'failing', nextTryAt: null }} />);
    expect(screen.getByRole('heading', { name: 'The service does not answer' })).toBeTruthy();
    expect(screen.getByRole('button', { name: 'New download' })).toBeTruthy();
  });
});

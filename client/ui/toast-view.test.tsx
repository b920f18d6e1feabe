import { act, fireEvent, render, screen } from '@testing-library/react';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import ToastView from './toast-view.tsx';
import { Toasts } from './toasts.ts';

let toasts: Toasts;

beforeEach(() => {
  vi.useFakeTimers();
  toasts = new Toasts();
});

function show(more: Partial<Parameters<Toasts['show']>[0]> = {}) {
  toasts.show({ text: 'Removed a.csv', ...more });
  const toast = toasts.current();
  if (toast) render(<ToastView toast={toast} toasts={toasts} />);
}

const message = () => screen.getByText('Removed a.csv');

describe('a toast', () => {
  test('goes after 8 s, and only then is what it holds back done', () => {
    const onGone = vi.fn();
    show({ onGone });
    act(() => void vi.advanceTimersByTime(7999));
    expect(onGone).not.toHaveBeenCalled();
    act(() => void vi.advanceTimersByTime(1));
    expect(onGone).toHaveBeenCalledTimes(1);
    expect(toasts.current()).toBeNull();
  });

  test('stays while the pointer or the focus is on it', () => {
    show();
    fireEvent.pointerEnter(message().parentElement ?? message());
    act(() => void vi.advanceTimersByTime(60_000));
    expect(toasts.current()).not.toBeNull();
  });

  test('does what it offers instead of what it holds back', () => {
    const [run, onGone] = [vi.fn(), vi.fn()];
    show({ action: { label: 'Undo', run }, onGone });
    fireEvent.click(screen.getByRole('button', { name: 'Undo', hidden: true }));
    expect(run).toHaveBeenCalledTimes(1);
    expect(onGone).not.toHaveBeenCalled();
  });

  test('gives way to the next one', () => {
    const onGone = vi.fn();
    show({ onGone });
    act(() => toasts.show({ text: 'Link copied' }));
    expect(onGone).toHaveBeenCalledTimes(1);
    expect(toasts.current()?.text).toBe('Link copied');
  });
});

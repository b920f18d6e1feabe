import { onlineManager, QueryClient } from '@tanstack/react-query';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { untilReachable } from './until-reachable.ts';

const failing = () => Promise.reject(new Error('gone'));
const ask = (client: QueryClient, answer: () => Promise<unknown>) =>
  client.query({ queryKey: ['asked'], queryFn: answer, retry: false }).catch(() => {});

afterEach(() => onlineManager.setOnline(true));

describe('waiting for the service', () => {
  test('ends when its time is over', async () => {
    vi.useFakeTimers();
    const reached = vi.fn();
    void untilReachable(new QueryClient(), 5000).then(reached);
    await vi.advanceTimersByTimeAsync(4999);
    expect(reached).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(reached).toHaveBeenCalled();
  });

  test('ends at once when the connection is back', async () => {
    onlineManager.setOnline(false);
    const reached = vi.fn();
    void untilReachable(new QueryClient(), null).then(reached);
    onlineManager.setOnline(true);
    await vi.waitFor(() => expect(reached).toHaveBeenCalled());
  });

  test('ends when a question that had failed is answered, and not with one that never failed', async () => {
    const client = new QueryClient();
    await ask(client, failing);
    const reached = vi.fn();
    void untilReachable(client, null).then(reached);
    await client.query({ queryKey: ['other'], queryFn: () => 1 });
    expect(reached).not.toHaveBeenCalled();
    await ask(client, () => Promise.resolve(1));
    await vi.waitFor(() => expect(reached).toHaveBeenCalled());
  });
});
